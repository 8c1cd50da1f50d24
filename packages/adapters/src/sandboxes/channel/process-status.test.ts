import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { isAtWork, processBusyMs, threadBusyMs } from "./process-status.ts";

/** A Node process that says `on` and then does something. */
async function start(code: string): Promise<ChildProcessByStdio<null, Readable, null> & Disposable> {
  const child = spawn(process.execPath, ["-e", `process.stdout.write("on", () => { ${code} })`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(child.stdout, "data");
  return Object.assign(child, { [Symbol.dispose]: () => void child.kill("SIGKILL") });
}

/** Looks again and again, for what a process is after its start is not what it comes to be. */
async function until(condition: () => boolean): Promise<boolean> {
  for (const end = performance.now() + 10_000; performance.now() < end; await sleep(10)) if (condition()) return true;
  return false;
}

describe.runIf(process.platform === "linux")("Linux tells", () => {
  test("that a process waits", async () => {
    using child = await start("setTimeout(() => {}, 1e6)");
    expect(await until(() => isAtWork(child.pid ?? 0) === false)).toBe(true);
  });

  test("that a process is at work, and for how long", async () => {
    using child = await start("for (;;);");
    const pid = child.pid ?? 0;
    const before = processBusyMs(pid);
    expect(await until(() => processBusyMs(pid) >= before + 100)).toBe(true);
    expect(isAtWork(pid)).toBe(true);
    expect(threadBusyMs(pid, pid)).toBeGreaterThan(50);
    expect(threadBusyMs(pid, pid)).toBeLessThanOrEqual(processBusyMs(pid));
  });

  test("nothing of a process that has ended", async () => {
    using child = await start("process.exit()");
    await once(child, "exit");
    expect(isAtWork(child.pid ?? 0)).toBeUndefined();
    expect(() => processBusyMs(child.pid ?? 0)).toThrow(/ENOENT|ESRCH/);
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { removeContainer } from "./containers.ts";
import { connectDaemon } from "./docker-daemon.ts";
import { docker } from "./index.ts";
import { dockerHint, image } from "./test-support/needs-docker.ts";
import { ownContainers } from "./test-support/own-containers.ts";

const hostProgram = fileURLToPath(new URL("test-support/host-program.ts", import.meta.url));

afterEach(async () => {
  if (dockerHint !== undefined) return;
  const client = await connectDaemon();
  for (const id of await ownContainers()) await removeContainer(client, id);
});

/** Waits until a process has no containers any more. */
async function containersGone(pid?: number): Promise<void> {
  while ((await ownContainers(pid)).length > 0) await sleep(50);
}

/** Starts a host that runs code, and waits until the code runs. */
async function startHost(
  language: string,
  what: string,
  code: string,
): Promise<{ pid: number; kill(): Promise<void> }> {
  const child = spawn(process.execPath, ["--conditions=@smoltools/source", hostProgram, language, what, code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const exit = once(child, "exit");
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      if (what === "wait") child.kill("SIGKILL");
      await exit;
    },
  };
}

describe.skipIf(dockerHint)("a container", () => {
  test("is there while the sandbox is, and gone once that is disposed", async () => {
    const sandbox = await docker({ image }).create();
    expect(await ownContainers()).toHaveLength(1);
    await sandbox.dispose();
    expect(await ownContainers()).toEqual([]);
  });

  test("is gone when a run had to be killed, and another one takes its place", async () => {
    await using sandbox = await docker({ image }).create();
    const before = await ownContainers();
    const { error } = await sandbox.run("for (;;);", { timeoutMs: 100 });
    expect(error?.code).toBe("SANDBOX_TIMEOUT");
    await containersGone();
    expect((await sandbox.run("1")).value).toBe(1);
    expect(await ownContainers()).not.toEqual(before);
  });

  test("is gone when the code ends its own process", async () => {
    await using sandbox = await docker({ image }).create();
    const { error } = await sandbox.run("process.kill(process.pid, 'SIGTERM'); await new Promise(() => {});");
    expect(error).toMatchObject({ code: "SANDBOX_CRASH", message: expect.stringContaining("SIGTERM") });
    await containersGone();
  });

  test("is gone after the creation was aborted", async () => {
    const controller = new AbortController();
    const creation = docker({ image }).create({ signal: controller.signal });
    while ((await ownContainers()).length === 0) await sleep(5);
    controller.abort(new Error("enough"));
    await expect(creation).rejects.toThrow("enough");
    await containersGone();
  });

  test.each([
    [
      "floods its standard error",
      "const { writeSync } = await import('node:fs'); for (;;) try { writeSync(2, 'x'.repeat(60_000)); } catch {}",
    ],
    ["writes what is no message", "const { writeSync } = await import('node:fs'); writeSync(1, 'hello\\n'); for (;;);"],
  ])("is gone when the code %s", async (_, code) => {
    await using sandbox = await docker({ image }).create();
    expect((await sandbox.run(code)).error?.code).toBe("SANDBOX_CRASH");
    await containersGone();
  });
});

describe.skipIf(dockerHint).concurrent("without its host, a container", () => {
  test.each([
    ["waits", "javascript", "await started(); setInterval(() => {}, 1000); await new Promise(() => {});"],
    ["never comes back to its event loop", "javascript", "void started(); await 0; await 0; for (;;);"],
    ["waits", "python", "started()\nimport time\ntime.sleep(600)"],
    ["never lets go of the interpreter", "python", "started()\nimport re\nre.match('(a*)*b', 'a' * 60)"],
  ])("ends when that was killed while code %s, in %s", async (_, language, code) => {
    const host = await startHost(language, "wait", code);
    expect(await ownContainers(host.pid)).toHaveLength(1);
    await host.kill();
    await containersGone(host.pid);
  });

  test("ends, and does not keep it alive when it has no more to do", async () => {
    const host = await startHost("javascript", "leave", "1");
    await host.kill();
    await containersGone(host.pid);
    expect(await ownContainers(host.pid)).toEqual([]);
  });
});

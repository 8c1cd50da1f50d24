import { execFileSync, spawnSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import type { CodeCheck } from "@smoltools/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { CheckerHost } from "./checker-host.ts";
import { codesOf, patient } from "./test-support/check-steps.ts";
import { typeCheck, type TypeCheckOptions } from "./index.ts";

const declarations = "function count(text: string): Promise<number>;";
const wrong = "await count(5);";

/** A conversation, with the process that checks it. */
async function open(options: TypeCheckOptions = {}): Promise<{ check: CodeCheck; pid: number }> {
  const before = checkerProcesses(process.pid);
  const check = await typeCheck({ ...patient, ...options }).open({ declarations, variables: {} });
  onTestFinished(() => check[Symbol.dispose]());
  return { check, pid: await newProcess(before) };
}

/** The processes of TypeScript that a process has started. */
function checkerProcesses(parent: number): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, ppid, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(ppid) === parent && args.includes("--api") ? [Number(pid)] : [];
  });
}

/** Waits for a process that was not there before. */
async function newProcess(before: readonly number[]): Promise<number> {
  for (;;) {
    const pid = checkerProcesses(process.pid).find((one) => !before.includes(one));
    if (pid !== undefined) return pid;
    await delay(10);
  }
}

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await delay(20);
  }
  return false;
}

describe("conversations", () => {
  test("of one checker share a process, and nothing else", async () => {
    const before = checkerProcesses(process.pid).length;
    const checker = typeCheck(patient);
    using first = await checker.open({ declarations, variables: { mine: 1 } });
    using second = await checker.open({ declarations: "function other(): Promise<string>;", variables: {} });
    first.ran("const kept = 1;");
    expect(codesOf(first.findings("kept; mine; other()"))).toEqual(["TS2304"]);
    expect(codesOf(second.findings("kept; mine; other()"))).toEqual(["TS2304", "TS2304"]);
    expect(checkerProcesses(process.pid)).toHaveLength(before + 1);
  });

  test("go on when another one ends", async () => {
    const checker = typeCheck(patient);
    const first = await checker.open({ declarations, variables: {} });
    using second = await checker.open({ declarations, variables: {} });
    first[Symbol.dispose]();
    expect(codesOf(second.findings(wrong))).toEqual(["TS2345"]);
  });

  test("know their own tools and variables, not those of one that ended", async () => {
    const checker = typeCheck(patient);
    const first = await checker.open({ declarations, variables: { a: 1 } });
    first.ran("const b = 1;");
    expect(codesOf(first.findings("await count(5); a.x"))).toEqual(["TS2345", "TS2339"]);
    first[Symbol.dispose]();
    const declared = "function count(n: number): Promise<number>;";
    using second = await checker.open({ declarations: declared, variables: { a: { x: 1 } } });
    expect(codesOf(second.findings("await count(5); a.x; b"))).toEqual(["TS2304"]);
    expect(codesOf(second.findings("await count('a')"))).toEqual(["TS2345"]);
  });

  test("have no findings once they are disposed, twice or not", async () => {
    const { check } = await open();
    check[Symbol.dispose]();
    check[Symbol.dispose]();
    check.ran("const a = 1;");
    check.forget();
    expect(check.findings(wrong)).toEqual([]);
  });

  test("are not opened once the signal is aborted", async () => {
    const reason = new Error("enough");
    await expect(typeCheck().open({ declarations, variables: {} }, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    const controller = new AbortController();
    const opening = typeCheck(patient).open({ declarations, variables: {} }, { signal: controller.signal });
    controller.abort(reason);
    await expect(opening).rejects.toBe(reason);
  });

  test("check nothing of tools whose declarations make no sense", async () => {
    using check = await typeCheck(patient).open({ declarations: "function (((", variables: {} });
    expect(check.findings("1 + 1")).toEqual([]);
  });

  test("know tools that have the name of a global, but not their types", async () => {
    const declarations = "function fetch(n: number): Promise<number>;\nfunction escape(n: number): Promise<number>;";
    using check = await typeCheck(patient).open({ declarations, variables: {} });
    expect(check.findings("(await fetch(5)).a; (await escape(1)).b")).toEqual([]);
  });
});

describe("the thread", () => {
  test("ends when nobody has needed it for a while", async () => {
    const host = new CheckerHost(20);
    const hold = host.hold();
    const before = checkerProcesses(process.pid);
    const thread = host.thread();
    await thread?.open({ type: "open", conversation: 1, setup: { declarations, variables: [], namesUnknown: false } });
    const pid = await newProcess(before);
    hold[Symbol.dispose]();
    expect(await isGone(pid)).toBe(true);
    expect(thread?.alive).toBe(false);
  });

  test("does not keep the process alive, and leaves nothing behind", async () => {
    const script = `
      const { typeCheck } = await import(${JSON.stringify(new URL("./index.ts", import.meta.url).href)});
      const check = await typeCheck({ timeoutMs: 15_000 }).open({ declarations: ${JSON.stringify(declarations)}, variables: {} });
      console.log(check.findings(${JSON.stringify(wrong)}).length);
      const { execFileSync } = await import("node:child_process");
      console.log(execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\\n")
        .map((line) => line.trim().split(/\\s+/))
        .filter(([, parent, ...args]) => Number(parent) === process.pid && args.includes("--api"))[0][0]);`;
    const args = ["--conditions=@smoltools/source", "--input-type=module", "-e", script];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 15_000 });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const [count, pid] = stdout.trim().split("\n").map(Number);
    expect(count).toBe(1);
    expect(await isGone(pid ?? 0)).toBe(true);
  });
});

describe("a checker that fails", () => {
  test("finds nothing, and is there again for the next check", async () => {
    const { check, pid } = await open();
    process.kill(pid, "SIGKILL");
    expect(check.findings(wrong)).toEqual([]);
    expect(codesOf(check.findings(wrong))).toEqual(["TS2345"]);
  });

  test("reports no unknown names afterwards, until all variables are gone", async () => {
    const { check, pid } = await open();
    check.ran("const kept = 1;");
    process.kill(pid, "SIGKILL");
    expect(check.findings("kept")).toEqual([]);
    expect(check.findings("kept")).toEqual([]);
    check.forget();
    expect(codesOf(check.findings("kept"))).toEqual(["TS2304"]);
  });

  test("is waited for no longer than its time limit", async () => {
    const { check, pid } = await open({ timeoutMs: 300 });
    process.kill(pid, "SIGSTOP");
    const start = performance.now();
    expect(check.findings(wrong)).toEqual([]);
    expect(performance.now() - start).toBeGreaterThanOrEqual(290);
    expect(await isGone(pid)).toBe(true);
  });

  test("is left alone after three failures in a row", async () => {
    const { check, pid } = await open();
    let next = pid;
    for (let failures = 0; failures < 3; failures += 1) {
      process.kill(next, "SIGKILL");
      const before = checkerProcesses(process.pid);
      expect(check.findings(wrong)).toEqual([]);
      check.ran("1");
      if (failures < 2) next = await newProcess(before);
    }
    expect(check.findings(wrong)).toEqual([]);
  });
});

describe("limits", () => {
  test("code that is too long is not checked", async () => {
    const { check } = await open({ maxCodeBytes: 100 });
    expect(codesOf(check.findings(wrong))).toEqual(["TS2345"]);
    expect(check.findings(`${wrong} //${"é".repeat(50)}`)).toEqual([]);
  });

  test("after a step that was too long no name is unknown", async () => {
    const { check } = await open({ maxCodeBytes: 100 });
    check.ran(`const a = 1; //${"x".repeat(100)}`);
    expect(check.findings("a; b")).toEqual([]);
    expect(codesOf(check.findings(wrong))).toEqual(["TS2345"]);
  });

  test.each([{ timeoutMs: 0 }, { timeoutMs: 1.5 }, { maxCodeBytes: -1 }, { maxCodeBytes: Number.NaN }])(
    "%o are refused",
    (options) => {
      expect(() => typeCheck(options)).toThrow(expect.objectContaining({ code: "ADAPTER_OPTIONS_INVALID" }));
    },
  );
});

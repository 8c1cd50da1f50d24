import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { quickjs } from "./index.ts";

const index = new URL("./index.ts", import.meta.url).href;

/** Runs a program in a process of its own, which must end by itself. */
async function runProgram(program: string): Promise<{ stdout: string; stderr: string }> {
  const source = `import { quickjs } from ${JSON.stringify(index)};\n${program}`;
  const args = ["--conditions=@smoltools/source", "--input-type=module", "--eval", source];
  return await promisify(execFile)(process.execPath, args, { timeout: 15_000 });
}

describe("a process ends by itself", () => {
  test.each([
    [
      "with a sandbox that was disposed",
      "await using s = await quickjs().create(); console.log((await s.run('1')).value);",
    ],
    ["with a sandbox that was not", "const s = await quickjs().create(); console.log((await s.run('1')).value);"],
    [
      "with spare threads",
      "const s = await quickjs({ spareThreads: 3 }).create(); console.log((await s.run('1')).value);",
    ],
    [
      "with no spare threads",
      "await using s = await quickjs({ spareThreads: 0 }).create(); console.log((await s.run('1')).value);",
    ],
  ])("%s", async (_name, program) => {
    const { stdout, stderr } = await runProgram(program);
    expect([stdout, stderr]).toEqual(["1\n", ""]);
  });

  test("but not while a run is in progress", async () => {
    const { stdout } = await runProgram(
      "const s = await quickjs().create(); s.run('await new Promise((r) => setTimeout(r, 200)); 1').then((r) => console.log(r.value));",
    );
    expect(stdout).toBe("1\n");
  });
});

test("many sandboxes live side by side", async () => {
  const provider = quickjs();
  const sandboxes = await Promise.all(
    Array.from({ length: 8 }, (_, index) => provider.create({ variables: { index } })),
  );
  const results = await Promise.all(sandboxes.map((sandbox) => sandbox.run("index")));
  expect(results.map(({ value }) => value)).toEqual(sandboxes.map((_, index) => index));
  await Promise.all(sandboxes.map((sandbox) => sandbox.dispose()));
});

test("many sandboxes come one after another without filling the process", async () => {
  const provider = quickjs();
  const fill = "globalThis.all = []; for (let i = 0; i < 60; i++) all.push(new Uint8Array(1e6).fill(i)); all.length";
  for (let index = 0; index < 20; index += 1) {
    await using sandbox = await provider.create();
    expect((await sandbox.run(fill)).value).toBe(60);
  }
  // Twenty times 60 MB, if they were kept.
  expect(process.memoryUsage().rss).toBeLessThan(1e9);
});

test("an operation that cannot be interrupted costs the engine, and the loss is told", async () => {
  await using sandbox = await quickjs().create({ variables: { given: 1 } });
  await sandbox.run("const own = 1");
  const lost = await sandbox.run("new Array(2 ** 32 - 2).join('x')", { timeoutMs: 100 });
  expect(lost.error?.code).toBe("SANDBOX_TIMEOUT");
  const next = await sandbox.run("[given, typeof own]");
  expect(next.value).toEqual([1, "undefined"]);
  // Where the machine is busy, it is known only later that the code would not have stopped.
  expect([lost.stateLost, next.stateLost].toSorted()).toEqual([false, true]);
});

test("a loss in an aborted run is told by the next one", async () => {
  await using sandbox = await quickjs().create();
  const controller = new AbortController();
  const run = sandbox.run("console.log('on'); await null; new Array(2 ** 32 - 2).join('x')", {
    signal: controller.signal,
    onOutput: () => controller.abort(),
  });
  await expect(run).rejects.toThrow(/abort/);
  expect((await sandbox.run("1")).stateLost).toBe(true);
  expect((await sandbox.run("1")).stateLost).toBe(false);
});

test("what was printed before an engine is lost is kept", async () => {
  await using sandbox = await quickjs().create();
  const { output, error } = await sandbox.run("console.log('before'); await null; new Array(2 ** 32 - 2).join('x')", {
    timeoutMs: 100,
  });
  expect([output, error?.code]).toEqual(["before", "SANDBOX_TIMEOUT"]);
});

test("code in an endless loop is stopped at once when its run is aborted", async () => {
  await using sandbox = await quickjs().create();
  await sandbox.run("let kept = 1");
  const controller = new AbortController();
  const run = sandbox.run("console.log('on'); while (true) {}", {
    signal: controller.signal,
    onOutput: () => controller.abort(),
  });
  await expect(run).rejects.toThrow(/abort/);
  const next = await sandbox.run("kept");
  expect([next.value, next.stateLost]).toEqual([1, false]);
});

test.each([-1, 1.5, Number.NaN])("refuses %j spare threads", (spareThreads) => {
  expect(() => quickjs({ spareThreads })).toThrow(/whole number/);
});

test("says how little memory QuickJS can work with", async () => {
  await expect(quickjs().create({ limits: { memoryBytes: 1e6 } })).rejects.toThrow(/16777216/);
});

test("refuses variables that do not fit the memory", async () => {
  const create = quickjs().create({ variables: { big: "x".repeat(2e7) }, limits: { memoryBytes: 32 * 1024 * 1024 } });
  await expect(create).rejects.toMatchObject({ code: "SANDBOX_BAD_OPTIONS", message: expect.stringMatching(/memory/) });
});

test("takes time limits longer than any timer", async () => {
  await using sandbox = await quickjs().create({ limits: { timeoutMs: Number.MAX_SAFE_INTEGER } });
  expect((await sandbox.run("await new Promise((r) => setTimeout(r, 20)); 1")).value).toBe(1);
});

test("an abort that comes as a run ends does not touch the next one", async () => {
  await using sandbox = await quickjs().create();
  for (let turn = 0; turn < 20; turn += 1) {
    const controller = new AbortController();
    const run = sandbox.run("1", { signal: controller.signal });
    for (let wait = 0; wait < turn; wait += 1) await Promise.resolve();
    const ended = run.then(
      () => "ended",
      () => "aborted",
    );
    setTimeout(() => controller.abort(), turn % 4);
    expect(["ended", "aborted"]).toContain(await ended);
    expect((await sandbox.run("2")).value).toBe(2);
  }
});

import type { Sandbox } from "@smoltools/core";
import { describe, expect, test } from "vitest";
import { quickjs } from "./index.ts";

/** Never asks whether it should stop: only the end of its thread ends it. */
const hang = "new Array(2 ** 32 - 2).join('x')";
const limits = { memoryBytes: 32 * 1024 * 1024 };

async function open(): Promise<Sandbox> {
  return await quickjs({ snapshots: true }).create({
    limits,
    functions: { echo: ([value]) => value },
    variables: { given: 1 },
    modules: { counter: "let n = 0; export const next = () => ++n;" },
  });
}

describe.concurrent("with snapshots, code that hangs", () => {
  test("costs no more than what it changed itself", async () => {
    await using sandbox = await open();
    await sandbox.run("let own = 1; const double = (n) => 2 * n; const { next } = await import('counter'); next()");
    const hung = await sandbox.run(`own = 2; given = 2; ${hang}`, { timeoutMs: 50 });
    expect([hung.error?.code, hung.stateLost]).toEqual(["SANDBOX_TIMEOUT", false]);
    expect((await sandbox.run("[given, own, double(own), next(), await echo('still here')]")).value).toEqual([
      1,
      1,
      2,
      2,
      "still here",
    ]);
  });

  test("can do so again and again", async () => {
    await using sandbox = await open();
    await sandbox.run("let own = 0");
    for (let turn = 1; turn <= 2; turn += 1) {
      expect((await sandbox.run("own += 1")).value).toBe(turn);
      expect((await sandbox.run(`own = -1; ${hang}`, { timeoutMs: 20 })).stateLost).toBe(false);
    }
    expect((await sandbox.run("own")).value).toBe(2);
  });

  test("in the first run leaves what the sandbox was made with", async () => {
    await using sandbox = await open();
    expect((await sandbox.run(`given = 2; ${hang}`, { timeoutMs: 20 })).stateLost).toBe(false);
    expect((await sandbox.run("given")).value).toBe(1);
  });

  test("does not make times go backward", async () => {
    await using sandbox = await open();
    const before = (await sandbox.run("performance.now()")).value;
    await sandbox.run(hang, { timeoutMs: 20 });
    expect((await sandbox.run("performance.now()")).value).toBeGreaterThan(before as number);
  });

  test("does not mix up the lines of errors of different runs", async () => {
    await using sandbox = await open();
    await sandbox.run("1;\n2;\nfunction broken() { null.x }");
    await sandbox.run(hang, { timeoutMs: 20 });
    const { error } = await sandbox.run("1;\nbroken()");
    expect([error?.line, error?.message]).toEqual([2, expect.stringMatching(/line 3 of an earlier run/)]);
  });
});

test.concurrent("with snapshots, an engine that broke otherwise goes on from the end of the run before", async () => {
  await using sandbox = await open();
  await sandbox.run("let own = 1");
  const code =
    "globalThis.all = []; own = 2; for (let size = 1e6; size > 4; size /= 2) try { for (;;) all.push(new Uint8Array(size)) } catch {}";
  const filled = await sandbox.run(code);
  expect(filled.stateLost).toBe(false);
  expect((await sandbox.run("[own, typeof all]")).value).toEqual([1, "undefined"]);
});

test.concurrent("with snapshots, a run that fails and leaves the engine well is kept as it is", async () => {
  await using sandbox = await open();
  await sandbox.run("let own = 1; own = 2; throw new Error('no')");
  await sandbox.run(hang, { timeoutMs: 20 });
  expect((await sandbox.run("own")).value).toBe(2);
});

test.concurrent("with snapshots, an aborted run that hangs costs the sandbox nothing", async () => {
  await using sandbox = await open();
  await sandbox.run("let own = 1");
  const controller = new AbortController();
  const run = sandbox.run(`console.log('on'); await null; own = 2; ${hang}`, {
    signal: controller.signal,
    onOutput: () => controller.abort(),
  });
  await expect(run).rejects.toThrow(/abort/);
  const next = await sandbox.run("own");
  expect([next.value, next.stateLost]).toEqual([1, false]);
});

test.concurrent("with snapshots, a sandbox can be disposed while it recovers", async () => {
  const sandbox = await open();
  const run = sandbox.run(hang, { timeoutMs: 20 });
  const ended = run.catch((error: unknown) => error);
  setTimeout(() => void sandbox.dispose(), 1100);
  await ended;
  await sandbox.dispose();
  await expect(sandbox.run("1")).rejects.toMatchObject({ code: "SANDBOX_DISPOSED" });
});

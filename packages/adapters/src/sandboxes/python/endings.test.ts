import type { HostFunction, SandboxOptions } from "@smoltools/core";
import { describe, expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { python } from "./index.ts";
import { echo, sharedSandbox } from "./test-support/code-runs.ts";

needsIsolation();

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const never = (): Promise<never> => new Promise(() => {});
const functions: Record<string, HostFunction> = {
  echo,
  forever: never,
  wait: ([ms], call) => call.untimed(sleep(Number(ms))),
};

const { run, value } = sharedSandbox({ imports: "*" }, { functions });

describe("the final answer", () => {
  test.each([
    ["ends the code", "final_answer({'a': 1})\nprint('never')"],
    ["is an argument of any name", "final_answer(answer={'a': 1})"],
    [
      "is given under a condition, in a function (case 113)",
      "def f(n):\n  if n > 1:\n    final_answer({'a': 1})\nfor n in range(9): f(n)\nprint('never')",
    ],
    ["may stand over several lines (case 113)", "final_answer({\n  'a':\n    1,\n})"],
    ["gets past except Exception", "try:\n  final_answer({'a': 1})\nexcept Exception: print('caught')\nprint('never')"],
    ["is the first one", "try: final_answer({'a': 1})\nexcept: pass\ntry: final_answer(2)\nexcept: pass"],
    ["makes host functions refuse to work", "try: final_answer({'a': 1})\nexcept: pass\necho(1)\nprint('never')"],
    ["makes later errors void", "try: final_answer({'a': 1})\nexcept: pass\n1 / 0"],
    [
      "of a thread of a pool ends the code",
      "from concurrent.futures import ThreadPoolExecutor as T\nwith T() as t: t.submit(final_answer, {'a': 1}).result()\nprint('never')",
    ],
    [
      "of a task ends the code",
      "import asyncio\nasync def f(): final_answer({'a': 1})\nawait asyncio.gather(f(), asyncio.sleep(60))\nprint('never')",
    ],
    ["ends code that goes on after it", "try: final_answer({'a': 1})\nexcept: pass\nwhile True: pass"],
  ])("%s", async (_what, code) => {
    await run("kept = 1");
    const { finalAnswer, output, error, stateLost } = await run(code);
    expect([finalAnswer, output, error, stateLost]).toEqual([{ value: { a: 1 } }, "", undefined, false]);
    expect(await value("kept")).toBe(1);
  });

  test.each([
    ["more than one value", "final_answer(1, 2)"],
    ["what has no form in JSON", "final_answer(object())"],
  ])("is refused for %s", async (_what, code) => {
    const { finalAnswer, error } = await run(code);
    expect([finalAnswer, error?.name]).toEqual([undefined, "TypeError"]);
  });

  test("is not what a text says (case 113)", async () => {
    const { finalAnswer, value: given } = await run("'final_answer(5)'");
    expect([finalAnswer, given]).toEqual([undefined, "final_answer(5)"]);
  });
});

describe("a run that is late keeps the variables and says", () => {
  test.each([
    ["that it was busy", "while True: pass", /busy/],
    ["that it was busy, having waited before", "echo(1)\nwhile True: pass", /busy/],
    ["which call it waited for", "forever()", /forever/],
    ["that it slept", "import time\ntime.sleep(60)", /timer/],
    ["that its event loop waited", "await asyncio.sleep(60)", /timer/],
    [
      "which call a thread of it waited for",
      "import threading\nt = threading.Thread(target=forever)\nt.start()\nt.join()",
      /forever/,
    ],
    [
      "which call a pool of it waited for",
      "from concurrent.futures import ThreadPoolExecutor as T\nwith T() as t: t.submit(forever).result()",
      /forever/,
    ],
    ["which call it waited for after untimed work", "wait(10)\nforever()", /forever/],
    ["which call it awaited", "await forever.aio()", /forever/],
  ])("%s", async (_what, code, message) => {
    await using sandbox = await python({ imports: "*" }).create({ functions });
    await sandbox.run("import asyncio, concurrent.futures, time\nown = 1");
    const { error, stateLost } = await sandbox.run(code, { timeoutMs: 300 });
    expect([error?.code, stateLost]).toEqual(["SANDBOX_TIMEOUT", false]);
    expect(error?.message).toMatch(message);
    expect(await sandbox.run("own + echo(1)[0]")).toMatchObject({ value: 2, stateLost: false });
  });
});

test.each([
  ["what hears no signals", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"],
  [
    "what sleeps and hears no signals",
    "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(60)",
  ],
  ["what Python does not interrupt", "import re\nre.match('(a+)+$', 'a' * 50 + 'b')"],
])("%s costs the variables, and the next run works", async (_what, code) => {
  await using sandbox = await python({ imports: "*" }).create({ variables: { given: 1 } });
  await sandbox.run("own = 1");
  const { error, stateLost } = await sandbox.run(code, { timeoutMs: 300 });
  expect(error?.code).toBe("SANDBOX_TIMEOUT");
  const next = await sandbox.run("[given, 'own' in globals()]");
  // Where the machine is busy, it is known only later that the code would not have stopped.
  expect([next.value, stateLost || next.stateLost]).toEqual([[1, false], true]);
});

test("a run that is aborted before it begins inside runs nothing and keeps the variables", async () => {
  await using sandbox = await python().create({ variables: { log: [] } });
  for (let round = 0; round < 5; round += 1) {
    const controller = new AbortController();
    const aborted = sandbox.run("while True: pass", { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), round);
    await expect(aborted).rejects.toThrow("enough");
    expect(await sandbox.run("log.append(1)\nlen(log)")).toMatchObject({ value: round + 1, stateLost: false });
  }
});

test("finally clauses are performed when a run is stopped", async () => {
  await using sandbox = await python().create({ functions });
  const code = "done = False\ntry:\n  n = 0\n  while True: len('')\nfinally:\n  done = True";
  await sandbox.run(code, { timeoutMs: 200 });
  expect(await sandbox.run("done")).toMatchObject({ value: true });
});

test("a package whose import was stopped can be imported by a later run", async () => {
  await using sandbox = await python({ imports: "*" }).create();
  // The first import has its part, and does not come to its end.
  await sandbox.run(`
import importlib.abc, importlib.util, sys
sources = {
  "slow": "from .part import *\\nimport sys\\nis_first = not hasattr(sys, 'again')\\nsys.again = True\\nif is_first: final_answer('early')\\nvalue = part.x",
  "slow.part": "x = 1",
}
class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
  def find_spec(self, name, path, target=None):
    return importlib.util.spec_from_loader(name, self, is_package=name == "slow") if name in sources else None
  def exec_module(self, module):
    exec(sources[module.__name__], module.__dict__)
sys.meta_path.insert(0, Finder())`);
  expect(await sandbox.run("import slow")).toMatchObject({ finalAnswer: { value: "early" } });
  expect(await sandbox.run("import slow\nslow.value")).toMatchObject({ value: 1, stateLost: false });
});

test("an event loop goes on with the tasks of earlier runs", async () => {
  const code =
    "import asyncio\nasync def later():\n  await asyncio.sleep(0.01)\n  return 'late'\ntask = asyncio.create_task(later())\nawait asyncio.sleep(0)";
  expect((await run(code)).error).toBeUndefined();
  expect(await value("await task")).toBe("late");
});

test.each<[what: string, options: SandboxOptions, code: string]>([
  [
    "by variables that fill it",
    { limits: { memoryBytes: 32 * 1024 ** 2 } },
    "kept = []\nwhile True: kept.append(bytearray(100_000))",
  ],
  [
    "by the values of one function",
    { limits: { memoryBytes: 32 * 1024 ** 2 } },
    "def f():\n  a = []\n  while True: a.append([0] * 1000)\nf()",
  ],
])("the memory is limited: reached %s", async (_what, options, code) => {
  await using sandbox = await python().create(options);
  await sandbox.run("own = 1");
  const { error, stateLost } = await sandbox.run(code);
  expect(error).toMatchObject({ code: "SANDBOX_MEMORY", message: expect.stringContaining("memoryBytes") });
  expect(await sandbox.run("'own' in globals()")).toMatchObject({ value: !stateLost });
});

test("a Python that dies is told of", async () => {
  await using sandbox = await python({ imports: "*" }).create();
  const { error, stateLost } = await sandbox.run("import os\nos._exit(3)");
  expect([error?.code, stateLost]).toEqual(["SANDBOX_CRASH", true]);
  expect(error?.message).toMatch(/code 3/);
  expect((await sandbox.run("1")).value).toBe(1);
});

test("a sandbox that is disposed twice is gone once (case 113)", async () => {
  const sandbox = await python().create();
  await Promise.all([sandbox.dispose(), sandbox.dispose()]);
  await expect(sandbox.run("1")).rejects.toMatchObject({ code: "SANDBOX_DISPOSED" });
});

test.each<[what: string, code: string]>([
  ["prints to somewhere else", "import sys, io\nsys.stdout = io.StringIO()"],
  ["closes its output", "import sys\nsys.stdout.close()"],
  ["lowers the limit of recursion", "import sys\nsys.setrecursionlimit(60)"],
  ["has no builtins any more", "__builtins__.clear()"],
  ["replaces the builtins", "__builtins__ = {}"],
  ["replaces a host function in the builtins", "__builtins__['echo'] = 1"],
  ["handles signals by itself", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)"],
])("code that %s does not take it from the next run", async (_what, code) => {
  await using sandbox = await python({ imports: "*" }).create({ functions });
  await sandbox.run(code);
  expect(await sandbox.run("print('a')\ndef f(n): return n and f(n - 1)\n[f(100), echo(1)]")).toMatchObject({
    output: "a",
    value: [0, [1]],
  });
});

test("what is printed while garbage is collected does not block", async () => {
  const code = `
import gc
class Noisy:
    def __init__(self): self.me = self
    def __del__(self):
        print("gone")
        echo(1)
gc.set_threshold(5)
for _ in range(300):
    Noisy()
    print("x")
    echo([[], []])
gc.set_threshold(700)
`;
  await using sandbox = await python({ imports: "*" }).create({ functions });
  expect(await sandbox.run(code, { timeoutMs: 10_000 })).toMatchObject({ output: expect.stringContaining("gone") });
  expect((await sandbox.run("1")).value).toBe(1);
});

test("threads that wait are left alone after their run", async () => {
  await using sandbox = await python().create();
  await sandbox.run("import threading\ngo = threading.Event()\nthreading.Thread(target=go.wait, daemon=True).start()");
  expect(await sandbox.run("go.set()\n'kept'")).toMatchObject({ value: "kept", stateLost: false });
});

test("a thread that is at work after its run costs the variables, and the next run knows", async () => {
  await using sandbox = await python().create();
  await sandbox.run(
    "import threading\ndef spin():\n  while True: pass\nthreading.Thread(target=spin, daemon=True).start()",
  );
  expect(await sandbox.run("'spin' in globals()")).toMatchObject({ value: false, stateLost: true });
});

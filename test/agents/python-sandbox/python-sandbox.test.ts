import type { HostFunction, RunResult, Sandbox, SandboxOptions, SandboxRunOptions } from "@smoltools/core";
import { afterAll, describe, expect, test, vi } from "vitest";
import { needsPython } from "./needs-python.ts";
import { pythonHint, pythonSandbox } from "./python-sandbox.ts";

needsPython();

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const never = (): Promise<never> => new Promise(() => {});

const functions: Record<string, HostFunction> = {
  echo: (args) => args,
  fail: () => {
    throw new RangeError("no such city");
  },
  big: () => 1n,
  wait: ([ms], call) => call.untimed(sleep(Number(ms))),
  forgotten: (_, call) => void call.untimed(never()),
  forever: never,
};

function withSandbox(options: SandboxOptions, check: (sandbox: Sandbox) => Promise<void>): () => Promise<void> {
  return async () => {
    await using sandbox = await pythonSandbox.create({ functions, ...options });
    await check(sandbox);
  };
}

let shared: Sandbox | undefined;

/** Runs code in a sandbox that the tests of this file share, because a Python takes long to start. */
async function run(code: string, options: SandboxRunOptions = {}): Promise<RunResult> {
  shared ??= await pythonSandbox.create({ functions });
  return await shared.run(code, options);
}

afterAll(async () => {
  await shared?.dispose();
});

describe("the value of a run is", () => {
  test.each<[what: string, code: string, value: unknown]>([
    ["that of its last expression", "a = 20\na + 1", 21],
    ["absent for a statement", "a = 1", undefined],
    ["absent for None", "print()", undefined],
    ["JSON where it has that form", "{'a': (1, None, 2.5, 'é\\ud800')}", { a: [1, null, 2.5, "é\ud800"] }],
    ["ISO text for a date", "import datetime\ndatetime.date(2020, 1, 2)", "2020-01-02"],
    ["the text of anything else", "{1, 2}", "{1, 2}"],
    ["the text of what JSON cannot say", "float('nan')", "nan"],
  ])("%s", async (_what, code, value) => {
    const result = await run(code);
    expect([result.value, result.error]).toEqual([value, undefined]);
  });
});

describe("an error is told with its class, message and place:", () => {
  test.each<[what: string, code: string, error: object]>([
    ["of the step", "a = 'é'; b = 'é' + nothing", { name: "NameError", line: 1, column: 20 }],
    ["in a function", "def f():\n  return [][1]\n\nf()", { name: "IndexError", line: 2, column: 10 }],
    ["of a tool", "\nfail()", { name: "RangeError", message: "no such city", line: 2, column: 1 }],
    ["of a result", "big()", { name: "TypeError" }],
    ["of the syntax", "a = 1\nb = = 2", { code: "SANDBOX_SYNTAX", name: "SyntaxError", line: 2, column: 5 }],
    ["of a NUL", "a\0", { code: "SANDBOX_SYNTAX" }],
    ["of exit", "import sys; sys.exit(3)", { name: "SystemExit", message: "3" }],
    ["of recursion", "def f(): f()\nf()", { code: "SANDBOX_STACK", name: "RecursionError", line: 1 }],
    [
      "of both kinds of arguments",
      "echo(1, b=2)",
      { name: "TypeError", message: expect.stringMatching(/echo.*by name/) },
    ],
    ["of an argument", "echo(float('nan'))", { name: "TypeError", message: expect.stringMatching(/echo/) }],
  ])("%s", async (_what, code, error) => {
    const result = await run(code);
    expect(result.error).toMatchObject({ code: "SANDBOX_EXCEPTION", ...error });
    expect(result.stateLost).toBe(false);
  });

  test("in a function of an earlier run at its call", () =>
    withSandbox({}, async (sandbox) => {
      await sandbox.run("def f():\n\n  raise KeyError('a')");
      expect((await sandbox.run("1\nx = f()")).error).toMatchObject({ name: "KeyError", line: 2, column: 5 });
    })());
});

describe("tools", () => {
  test.each<[what: string, code: string, value: unknown]>([
    ["take arguments by position", "echo('a', [1, None])", ["a", [1, null]]],
    ["take arguments by name as one object", "echo(city='Ulm', days=2)", [{ city: "Ulm", days: 2 }]],
    ["take no arguments", "echo()", []],
    ["throw what code can catch", "try:\n  fail()\nexcept Exception as e:\n  m = str(e)\nm", "no such city"],
    [
      "can be called by threads",
      "import concurrent.futures as c\nlist(c.ThreadPoolExecutor().map(echo, [1, 2]))",
      [[1], [2]],
    ],
  ])("%s", async (_what, code, value) => {
    const result = await run(code);
    expect([result.value, result.error]).toEqual([value, undefined]);
  });
});

test(
  "globals live on from run to run, and tools cannot be replaced",
  withSandbox({ variables: { given: [1] } }, async (sandbox) => {
    await sandbox.run("def twice(n): return 2 * n\nimport math\necho = 1", { variables: { n: 21 } });
    expect((await sandbox.run("[given, twice(n), math.pi > 3, echo(1)]")).value).toEqual([[1], 42, true, [1]]);
  }),
);

test("what is printed comes line by line, standard error included", async () => {
  const lines: string[] = [];
  const code = "import sys\nprint('a', 1)\nprint('b', end='')\nprint('c\\n\\nd')\nprint('e', file=sys.stderr, end='')";
  const { output } = await run(code, { onOutput: (line) => void lines.push(line) });
  expect(lines).toEqual(["a 1", "bc", "", "d", "e"]);
  expect(output).toBe(lines.join("\n"));
});

test(
  "output is cut at its limit",
  withSandbox({ limits: { maxOutputBytes: 10 } }, async (sandbox) => {
    const { output } = await sandbox.run("for i in range(9): print('line')");
    expect(output).toMatch(/^line\nline\n.*maxOutputBytes\)\]$/);
  }),
);

describe("the final answer", () => {
  test.each([
    ["ends the code", "final_answer({'a': 1})\nprint('never')"],
    [
      "gets past except Exception",
      "def f():\n  try:\n    final_answer({'a': 1})\n  except Exception: pass\nf()\nprint('never')",
    ],
    ["is the first one", "try: final_answer({'a': 1})\nexcept: pass\ntry: final_answer(2)\nexcept: pass"],
    ["makes tools refuse to work", "try: final_answer({'a': 1})\nexcept: pass\necho(1)\nprint('never')"],
    ["makes later errors void", "try: final_answer({'a': 1})\nexcept: pass\n1 / 0"],
  ])("%s", async (_what, code) => {
    const { finalAnswer, output, error } = await run(code);
    expect([finalAnswer, output, error]).toEqual([{ value: { a: 1 } }, "", undefined]);
  });

  test("ends code that goes on after it", async () => {
    const result = await run("try: final_answer(None)\nexcept: pass\nwhile True: pass");
    expect([result.finalAnswer, result.error, result.stateLost]).toEqual([{ value: null }, undefined, true]);
  });

  test(
    "belongs to its run alone",
    withSandbox({}, async (sandbox) => {
      await sandbox.run("final_answer(1)");
      const { finalAnswer, value } = await sandbox.run("echo(2)");
      expect([finalAnswer, value]).toEqual([undefined, [2]]);
    }),
  );
});

describe("a run that is late", () => {
  test.each([
    ["because it is busy", "while True: pass", /busy/],
    ["because it waits for a tool", "forever()", /forever/],
    ["after untimed work", "wait(10)\nforever()", /forever/],
    ["after a call that forgot its untimed work", "forgotten()\nforever()", /forever/],
  ])("is ended and loses the variables: %s", async (_what, code, message) => {
    await withSandbox({ variables: { given: 1 } }, async (sandbox) => {
      await sandbox.run("own = 1");
      const { error, stateLost } = await sandbox.run(code, { timeoutMs: 300 });
      expect([error?.code, stateLost]).toEqual(["SANDBOX_TIMEOUT", true]);
      expect(error?.message).toMatch(message);
      expect(await sandbox.run("[given, 'own' in globals()]")).toMatchObject({ value: [1, false], stateLost: false });
    })();
  });

  test("is not one whose tool waits untimed", async () => {
    expect(await run("wait(1000)\n'done'", { timeoutMs: 400 })).toMatchObject({ value: "done", stateLost: false });
  });
});

test(
  "a Python that dies is told of",
  withSandbox({}, async (sandbox) => {
    const { error, stateLost } = await sandbox.run("import os\nos._exit(3)");
    expect([error?.code, stateLost]).toEqual(["SANDBOX_CRASH", true]);
    expect(error?.message).toMatch(/code 3/);
    expect((await sandbox.run("1")).value).toBe(1);
  }),
);

test("an aborted run rejects with the reason, its call is aborted, and the loss is told by the next run", async () => {
  const controller = new AbortController();
  const ended = Promise.withResolvers<void>();
  const wait: HostFunction = (_, { signal }) => {
    signal.addEventListener("abort", () => ended.resolve());
    controller.abort(new Error("enough"));
    return never();
  };
  await withSandbox({ functions: { wait } }, async (sandbox) => {
    await expect(sandbox.run("wait()", { signal: controller.signal })).rejects.toThrow("enough");
    await ended.promise;
    expect((await sandbox.run("1")).stateLost).toBe(true);
    expect((await sandbox.run("1")).stateLost).toBe(false);
  })();
});

test("a sandbox that is disposed ends its run and refuses others", async () => {
  const started = Promise.withResolvers<void>();
  const wait = (): Promise<never> => {
    started.resolve();
    return never();
  };
  const sandbox = await pythonSandbox.create({ functions: { wait } });
  const ended = sandbox.run("wait()").catch((error: unknown) => error);
  await started.promise;
  await Promise.all([sandbox.dispose(), sandbox.dispose()]);
  expect(await ended).toMatchObject({ code: "SANDBOX_DISPOSED" });
  await expect(sandbox.run("1")).rejects.toMatchObject({ code: "SANDBOX_DISPOSED" });
});

test("without Python it says what to install", async () => {
  vi.stubEnv("PATH", "/nowhere");
  try {
    const error = { code: "SANDBOX_UNAVAILABLE", message: expect.stringContaining(pythonHint) };
    await expect(pythonSandbox.create()).rejects.toMatchObject(error);
  } finally {
    vi.unstubAllEnvs();
  }
});

test.each<[what: string, options: SandboxOptions]>([
  ["a function called final_answer", { functions: { final_answer: () => 1 } }],
  ["a name that is no identifier", { variables: { "a b": 1 } }],
  ["a variable that is no JSON", { variables: { a: 1n } }],
  ["modules", { modules: { a: "export {}" } }],
])("refuses %s", async (_what, options) => {
  await expect(pythonSandbox.create(options)).rejects.toMatchObject({ code: "SANDBOX_BAD_OPTIONS" });
});

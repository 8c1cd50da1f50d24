import { describe, expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { sharedSandbox } from "./test-support/code-runs.ts";

needsIsolation();

const fail = (): never => {
  throw new RangeError("no such city");
};
const failAsType = (): never => {
  throw new TypeError("no such type");
};
const { run, value } = sharedSandbox({ imports: "*" }, { functions: { fail, failAsType, big: () => 1n } });

describe("an error is told with its class, message and place:", () => {
  test.each<[what: string, code: string, error: object]>([
    ["of the step", "a = 'é'; b = 'é' + nothing", { name: "NameError", line: 1, column: 20 }],
    ["in a function", "def f():\n  return [][1]\n\nf()", { name: "IndexError", line: 2, column: 10 }],
    ["of a tool", "\nfail()", { name: "RangeError", message: "no such city", line: 2, column: 1 }],
    ["of a tool, of a class that Python has", "failAsType()", { name: "TypeError", message: "no such type" }],
    ["of a result", "big()", { name: "TypeError" }],
    ["of the syntax", "a = 1\nb = = 2", { code: "SANDBOX_SYNTAX", name: "SyntaxError", line: 2, column: 5 }],
    ["of a NUL", "a\0", { code: "SANDBOX_SYNTAX" }],
    ["of exit", "exit(3)", { name: "SystemExit", message: "3" }],
    ["of recursion", "def f(): f()\nf()", { code: "SANDBOX_STACK", name: "RecursionError", line: 1 }],
    [
      "of memory",
      "b'x' * 10 ** 12",
      { code: "SANDBOX_MEMORY", name: "MemoryError", message: expect.stringMatching(/memoryBytes/), line: 1 },
    ],
    ["of an unpacking (case 107)", "\na, b = [1, 2, 3]", { name: "ValueError", line: 2 }],
    ["of a module of Python", "import json\njson.loads('{')", { name: "JSONDecodeError", line: 2 }],
  ])("%s", async (_what, code, expected) => {
    const { error, stateLost } = await run(code);
    expect(error).toMatchObject({ code: "SANDBOX_EXCEPTION", ...expected });
    expect(stateLost).toBe(false);
  });
});

describe("an error says what may have been meant:", () => {
  test.each<[what: string, code: string, message: string]>([
    ["a name (case 106)", "results = 1\nresult", "name 'result' is not defined. Did you mean 'results'?"],
    ["a key (case 106)", "data = {'name': 1}\ndata['nmae']", "'nmae'. Did you mean 'name'?"],
    ["a key in a variable", "data = {'name': 1}\nfor key in ['nmae']:\n  data[key]", "'nmae'. Did you mean 'name'?"],
    ["a key further inside", "data = [{'a': {'city': 1}}]\ndata[0]['a']['town']", "'town'. The keys are 'city'"],
    ["a local name", "def f(count):\n  return conut\nf(1)", "name 'conut' is not defined. Did you mean 'count'?"],
    ["nothing where nothing is like it", "zzzzzz", "name 'zzzzzz' is not defined"],
  ])("%s", async (_what, code, message) => {
    expect((await run(code)).error?.message).toBe(message);
  });

  test("without calling anything of the code", async () => {
    const code =
      "asked = []\nclass Odd(dict):\n  def keys(self): asked.append(1)\n  def __contains__(self, key): asked.append(2)\nOdd()['a']";
    expect((await run(code)).error?.message).toBe("'a'");
    expect(await value("asked")).toEqual([]);
  });
});

test("a traceback that the code prints shows lines of all steps", async () => {
  await run("def deep():\n  return 1 / 0");
  const { output } = await run("import traceback\ntry: deep()\nexcept ZeroDivisionError: traceback.print_exc()");
  expect(output).toContain("return 1 / 0");
  expect(output).toContain("try: deep()");
});

test("a misspelt name is an error, not a guess (case 106)", async () => {
  expect((await run("total = 5\ntotals + 1")).error).toMatchObject({ name: "NameError", line: 2 });
});

import { describe, expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { echo, sharedSandbox } from "./test-support/code-runs.ts";

needsIsolation();

const { run, value } = sharedSandbox({ imports: "*" }, { functions: { echo }, limits: { maxDepth: 200 } });

describe("the value of a run is", () => {
  test.each<[what: string, code: string, value: unknown]>([
    ["that of its last expression", "a = 20\na + 1", 21],
    ["absent for a statement", "a = 1", undefined],
    ["absent for None", "print()", undefined],
    ["JSON where it has that form (case 109)", "{'a': (1, None, 2.5, 'é\\ud800')}", { a: [1, null, 2.5, "é\ud800"] }],
    ["ISO text for a date (case 109)", "import datetime\ndatetime.date(2020, 1, 2)", "2020-01-02"],
    ["ISO text for a date and time", "import datetime\ndatetime.datetime(2020, 1, 2, 3, 4)", "2020-01-02T03:04:00"],
    ["text for a duration", "import datetime\ndatetime.timedelta(days=1, hours=2)", "1 day, 2:00:00"],
    ["text for a decimal, which may be no float", "import decimal\n[decimal.Decimal('1.10')]", ["1.10"]],
    ["text for a path", "import pathlib\n[pathlib.Path('a/b')]", ["a/b"]],
    ["what an enumeration stands for", "import enum\nclass E(enum.Enum): A = 'a'\n[E.A]", ["a"]],
    [
      "the fields of a dataclass",
      "import dataclasses\n@dataclasses.dataclass\nclass P:\n  x: int\n  y: object\nP(1, P(2, []))",
      { x: 1, y: { x: 2, y: [] } },
    ],
    ["a list for a view of a dict", "[{'a': 1}.keys(), {'a': 1}.items(), range(2)]", [["a"], [["a", 1]], [0, 1]]],
    [
      "an object by the text of its keys",
      "import datetime\n{1: 2, None: 3, datetime.date(2020, 1, 2): 4}",
      {
        "1": 2,
        null: 3,
        "2020-01-02": 4,
      },
    ],
    ["the text of a set", "{1}", "{1}"],
    ["the text of what JSON cannot say", "float('nan')", "nan"],
    ["the text of an object", "class A:\n  def __str__(self): return 'an A'\n[A()].pop()", "an A"],
    [
      "a text for an object that fails to give one",
      "class B:\n  def __str__(self): 1 / 0\nB()",
      expect.stringMatching(/B/),
    ],
    ["the digits of an integer that JSON would round", "2 ** 64", "18446744073709551616"],
    ["a number for an integer that survives", "[10 ** 20, 2 ** 53 - 1, -5]", [1e20, 2 ** 53 - 1, -5]],
    ["what a coroutine gives that was not awaited", "async def f(): return 5\nf()", 5],
    ["what comes of a top-level await", "import asyncio\nx = await asyncio.sleep(0, 6)\nx", 6],
  ])("%s", async (_what, code, expected) => {
    expect(await value(code)).toEqual(expected);
  });

  test("a list that is nested a hundred levels deep (case 109)", async () => {
    expect(JSON.stringify(await value("v = 1\nfor _ in range(100): v = [v]\nv"))).toBe(
      `${"[".repeat(100)}1${"]".repeat(100)}`,
    );
  });

  test("a text of a million characters (case 109)", async () => {
    expect(await value("'é' * 1_000_000")).toHaveLength(1_000_000);
  });

  test("a dict that looks like anything, as it is (case 110)", async () => {
    const dict = { __type__: "tuple", $media: "no address", "safe:": [1] };
    expect(await value("given", { variables: { given: dict } })).toEqual(dict);
  });
});

test.each<[what: string, code: string]>([
  ["an object of a class (case 110)", "class A: pass\necho(A())"],
  ["a set", "echo({1})"],
  ["an integer that JSON would round", "echo([2 ** 64])"],
  ["a dict with a tuple for a key", "echo({(1, 2): 3})"],
  ["an endless range", "echo(range(10 ** 12))"],
])("a host function is not passed %s", async (_what, code) => {
  const { error } = await run(code);
  expect(error).toMatchObject({ name: "TypeError", message: expect.stringMatching(/^echo: its argument list/) });
});

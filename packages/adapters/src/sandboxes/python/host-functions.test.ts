import type { SandboxOptions } from "@smoltools/core";
import { describe, expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { python } from "./index.ts";
import { echo, search, sharedSandbox } from "./test-support/code-runs.ts";

needsIsolation();

const { run, value } = sharedSandbox({}, { functions: { echo, search } });

describe("a host function takes arguments", () => {
  test.each<[what: string, code: string, args: unknown]>([
    ["by position", "search('a', [1, None])", ["a", [1, null]]],
    ["by name", "search(query='a', limit=3)", ["a", 3]],
    ["by name in another order", "search(limit=3, query='a')", ["a", 3]],
    ["by position and by name", "search('a', language='en')", ["a", "left out", "en"]],
    ["of which one is None", "search('a', None)", ["a", null]],
    ["by name of which one is None", "search('a', limit=None)", ["a", null]],
    ["that are none", "search()", []],
    ["of a dict of names", "search(**{'query': 'a'})", ["a"]],
    [
      "by name as one object, where its parameters are not known",
      "echo(city='Ulm', days=2)",
      [{ city: "Ulm", days: 2 }],
    ],
  ])("%s", async (_what, code, args) => {
    expect(await value(code)).toEqual(args);
  });

  test.each<[what: string, code: string, message: string]>([
    ["too many", "search(1, 2, 3, 4)", "search() takes 3 positional arguments but 4 were given"],
    [
      "one that it has not",
      "search(q=1)",
      "search() got an unexpected keyword argument 'q', it takes query, limit, language",
    ],
    ["one that is given twice", "search(1, query=2)", "search() got multiple values for argument 'query'"],
  ])("but not %s", async (_what, code, message) => {
    expect((await run(code)).error).toMatchObject({ name: "TypeError", message });
  });
});

describe("the name of a host function cannot be bound (case 106)", () => {
  test.each([
    "echo = 1",
    "x = echo = 1",
    "a, *echo = [1]",
    "echo: int = 1",
    "echo += 1",
    "(echo := 1)",
    "[echo := 1 for _ in [1]]",
    "for echo in []: pass",
    "with open('/dev/null') as echo: pass",
    "try: pass\nexcept ValueError as echo: pass",
    "def echo(): pass",
    "async def echo(): pass",
    "class echo: pass",
    "import json as echo",
    "from json import dumps as echo",
    "del echo",
    "def f():\n  global echo\n  echo = 1",
    "if True:\n  if True: echo = 1",
    "def f(a=(echo := 1)): pass",
    "final_answer = 1",
  ])("%s", async (code) => {
    expect((await run(code)).error).toMatchObject({
      name: "TypeError",
      message: expect.stringMatching(/^(?:echo|final_answer) is a function of the host and cannot be assigned/),
      line: expect.any(Number),
    });
    expect(await value("echo(1)")).toEqual([1]);
  });

  test.each<[code: string, value: unknown]>([
    ["def f(echo): return echo\nf(1)", 1],
    ["def f():\n  echo = 1\n  return echo\nf()", 1],
    ["[echo for echo in [1, 2]]", [1, 2]],
    ["class C: echo = 1\nC.echo", 1],
    ["(lambda echo: echo)(1)", 1],
    ["class C: pass\nC.echo = 1\nC.echo", 1],
    ["dict(echo=1)", { echo: 1 }],
  ])("but that of something else can: %s", async (code, expected) => {
    expect(await value(code)).toEqual(expected);
  });

  test("and what goes past the check is undone with the next run", async () => {
    await run("globals()['echo'] = 1");
    expect(await value("echo(2)")).toEqual([2]);
  });
});

test("functions of threads that outlive their run cannot call the host between runs", async () => {
  const code = `
import threading, time
seen, go = [], threading.Event()
def late():
    go.wait()
    while True:
        try:
            echo(1)
        except RuntimeError as error:
            seen.append(str(error))
            return
        except BaseException as error:
            seen.append(type(error).__name__)
            return
threading.Thread(target=late, daemon=True).start()
go.set()
`;
  await run(code);
  expect(await value("while not seen: time.sleep(0.001)\nseen[0]")).toMatch(/no run is in progress|Stopped/);
});

test("a task that waits for a call of an earlier run does not end a later one", async () => {
  await using sandbox = await python().create({ functions: { forever: () => new Promise(() => {}), echo } });
  const code = "import asyncio\ntask = asyncio.create_task(forever.aio())\nawait asyncio.sleep(0)";
  expect((await sandbox.run(code)).error).toBeUndefined();
  expect(await sandbox.run("await asyncio.sleep(0.01)\n[task.cancelled(), echo(1)]")).toMatchObject({
    value: [true, [1]],
  });
});

describe("calls at the same time", () => {
  const inParallel: SandboxOptions = { functions: { meet: meeting(3) } };

  test.each<[what: string, code: string]>([
    ["of asyncio.to_thread", "import asyncio\nawait asyncio.gather(*(asyncio.to_thread(meet, i) for i in (1, 2, 3)))"],
    [
      "of a task group of awaited functions",
      "import asyncio\nasync def all():\n  return await asyncio.gather(meet.aio(1), meet.aio(2), meet.aio(3))\nall()",
    ],
  ])("are those %s", async (_what, code) => {
    await using sandbox = await python().create(inParallel);
    expect(await sandbox.run(code)).toMatchObject({ value: [1, 2, 3] });
  });
});

test("a call that is given up is aborted on the host, and the run goes on", async () => {
  const aborted = Promise.withResolvers<void>();
  const forever = (_: unknown[], { signal }: { signal: AbortSignal }): Promise<never> => {
    signal.addEventListener("abort", () => aborted.resolve());
    return new Promise(() => {});
  };
  await using sandbox = await python().create({ functions: { forever, echo, aborted: () => aborted.promise } });
  const code = `
import asyncio
try:
    await asyncio.wait_for(forever.aio(), 0.01)
except asyncio.TimeoutError:
    seen = "given up"
await aborted.aio()
[seen, echo(1)]
`;
  expect(await sandbox.run(code)).toMatchObject({ value: ["given up", [1]] });
});

/** A function that answers only when so many calls of it are open. */
function meeting(size: number): (args: unknown[]) => Promise<unknown> {
  const waiting: (() => void)[] = [];
  return ([value]) =>
    new Promise((resolve) => {
      waiting.push(() => resolve(value));
      if (waiting.length === size) for (const answer of waiting.splice(0)) answer();
    });
}

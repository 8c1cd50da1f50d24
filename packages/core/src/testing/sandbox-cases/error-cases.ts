import type { RunError } from "../../sandbox/sandbox.ts";
import {
  expect,
  expectEqual,
  expectError,
  expectValue,
  noOptions,
  only,
  runCase,
  sandboxCase,
  type SandboxCase,
} from "../sandbox-case.ts";
import { type Program, source } from "../sandbox-program.ts";

/** What is to be told of an error. */
interface Told extends Partial<Pick<RunError, "code" | "name" | "message" | "line">> {
  /** Where the column may be, for those who can tell it. */
  columns?: readonly [first: number, last: number];
}

/** A case in which code fails; what is not told otherwise is an exception. */
function errorCase(name: string, program: Program, { columns = [1, Infinity], ...told }: Told): SandboxCase {
  return runCase(name, program, ({ error }) => {
    expect(error !== undefined, "there is no error");
    const expected = { code: "SANDBOX_EXCEPTION", ...told };
    const actual = Object.fromEntries(Object.entries({ ...error }).filter(([key]) => key in expected));
    expectEqual(actual, expected, `the error "${error.message}"`);
    const { column = columns[0] } = error;
    expect(column >= columns[0] && column <= columns[1], `the column is ${column}`);
  });
}

/** How failures of the code are told. */
export const errorCases: readonly SandboxCase[] = [
  errorCase(
    "tells the message of an error",
    { javascript: "throw new TypeError('out there')", python: "raise TypeError('out there')" },
    { name: "TypeError", message: "out there", line: 1 },
  ),
  errorCase(
    "says where in a function an error was thrown",
    {
      javascript: "function f(a) {\n  throw new TypeError(a);\n}\n\nf('x');",
      python: "def f(a):\n  raise TypeError(a)\n\n\nf('x')",
    },
    { name: "TypeError", line: 2 },
  ),
  sandboxCase("says where code called a function of an earlier run that failed", noOptions, async (sandbox) => {
    await sandbox.run({
      javascript: "function f() {\n\n\n  throw new TypeError('x');\n}",
      python: "def f():\n\n\n  raise TypeError('x')",
    });
    const { error } = await sandbox.run("1\nf()");
    expectEqual([error?.name, error?.line], ["TypeError", 2], "error");
  }),
  errorCase(
    "says where the syntax is wrong",
    { javascript: "const a = 1;\nconst b = ;", python: "a = 1\nb = = 2" },
    { code: "SANDBOX_SYNTAX", name: "SyntaxError", line: 2 },
  ),
  sandboxCase("runs nothing of a program whose syntax is wrong", noOptions, async (sandbox) => {
    await sandbox.run({ javascript: "globalThis.ran = 1;\n);", python: "ran = 1\n)" });
    expectValue(await sandbox.run({ javascript: "'ran' in globalThis", python: "'ran' in globals()" }), false);
  }),
  sandboxCase("survives errors whose text cannot be made", noOptions, async (sandbox) => {
    const failing = {
      javascript: "throw { get name() { throw 1; }, get message() { throw 2; }, toString() { throw 3; } }",
      python: "class Odd(Exception):\n  def __str__(self): raise ValueError('no text')\nraise Odd()",
    };
    expectError(await sandbox.run(failing), "SANDBOX_EXCEPTION");
    expectValue(await sandbox.run("1"), 1);
  }),
  ...only({ language: "javascript" }, [
    errorCase("says where an error was thrown", "const a = 1;\n\n  nothing(a);", {
      name: "ReferenceError",
      line: 3,
      columns: [3, 10],
    }),
    errorCase(
      "says where in an asynchronous function an error was thrown",
      "async function f() {\n  await null;\n  null.x;\n}\nawait f();",
      { name: "TypeError", line: 3 },
    ),
    runCase("says what to write instead of an enum", "enum Color { Red }", (result) =>
      expectError(result, "SANDBOX_SYNTAX", /enum/),
    ),
    runCase("survives code that throws what is no error", "throw { a: 1 }", (result) =>
      expectError(result, "SANDBOX_EXCEPTION"),
    ),
  ]),
  ...only({ language: "python" }, [
    errorCase("says where an error was thrown", "a = 1\n\nb = a + nothing", {
      name: "NameError",
      line: 3,
      columns: [5, 9],
    }),
    errorCase("counts columns in characters", "é = 'éé'; é + nothing", {
      name: "NameError",
      line: 1,
      columns: [11, 15],
    }),
    errorCase(
      "says where in an asynchronous function an error was thrown",
      source`
        import asyncio
        async def f():
          await asyncio.sleep(0)
          return [][1]
        await f()
      `,
      { name: "IndexError", line: 4 },
    ),
    errorCase("says where the indentation is wrong", "if True:\n  a = 1\n b = 2", { code: "SANDBOX_SYNTAX", line: 3 }),
    errorCase("says where a return is out of place", "a = 1\nreturn a", { code: "SANDBOX_SYNTAX", line: 2 }),
    errorCase("tells a NUL character as wrong syntax", "a = 1\0", { code: "SANDBOX_SYNTAX" }),
    sandboxCase("takes an exit of the code as its error", noOptions, async (sandbox) => {
      const { error } = await sandbox.run("raise SystemExit('enough')");
      expectEqual([error?.code, error?.name, error?.message], ["SANDBOX_EXCEPTION", "SystemExit", "enough"], "error");
      expectValue(await sandbox.run("1"), 1);
    }),
    errorCase("tells an interruption that the code makes up", "a = 1\nraise KeyboardInterrupt('made up')", {
      name: "KeyboardInterrupt",
      line: 2,
    }),
  ]),
];

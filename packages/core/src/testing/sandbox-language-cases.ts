import {
  expect,
  expectEqual,
  expectError,
  expectValue,
  runCase,
  sandboxCase,
  type SandboxCase,
  valueCase,
} from "./sandbox-case.ts";

/** How code runs: values, names that live on, errors. */
export const languageCases: readonly SandboxCase[] = [
  valueCase("gives the value of the last expression", "1 + 2", 3),
  valueCase("gives the value of a top-level return", "if (true) return { a: [1, null, 'x'] };\n2", {
    a: [1, null, "x"],
  }),
  valueCase("awaits at the top level", "const n = await Promise.resolve(20);\nn + 1", 21),
  valueCase("awaits a promise that is the last expression", "Promise.resolve('late')", "late"),
  valueCase("accepts TypeScript", "interface P { n: number }\nconst p = { n: 2 } as P;\np.n satisfies number", 2),
  valueCase("gives dates as ISO text", "new Date(0)", "1970-01-01T00:00:00.000Z"),
  runCase("gives no value when there is none", "const a = 1;", (result) => {
    expect(!("value" in result), "there is a value");
    expect(result.error === undefined, "there is an error");
  }),
  sandboxCase("keeps variables, functions and classes between runs", {}, async (sandbox) => {
    await sandbox.run("const a = 1; let b = 2; var c = 3; const { d, e: [f] } = { d: 4, e: [5] };");
    await sandbox.run("function sum(...n) { return n.reduce((x, y) => x + y, 0); }\nclass Box { v = 6 }");
    expectValue(await sandbox.run("sum(a, b, c, d, f, new Box().v)"), 21);
  }),
  sandboxCase("lets a later run declare a name again", {}, async (sandbox) => {
    await sandbox.run("const a = 1; function f() { return 'old'; } function g() { return f(); }");
    await sandbox.run("const a = 2; function f() { return 'new'; }");
    expectValue(await sandbox.run("[a, g()]"), [2, "new"]);
  }),
  sandboxCase("keeps what ran before an error", {}, async (sandbox) => {
    expectError(await sandbox.run("const kept = 1;\nthrow new Error('x');"), "SANDBOX_EXCEPTION");
    expectValue(await sandbox.run("kept"), 1);
  }),
  valueCase("keeps block scope", "let a = 1; { let a = 2; } for (const a of [3]) ;\na", 1),
  valueCase("hoists functions", "const v = f();\nfunction f() { return 7; }\nv", 7),
  runCase("says where an error was thrown", "const a = 1;\n\n  nothing(a);", ({ error }) => {
    expectEqual(error?.code, "SANDBOX_EXCEPTION", "code");
    expectEqual(error?.name, "ReferenceError", "name");
    expectEqual(error?.line, 3, "line");
    expect((error?.column ?? 0) >= 3, `column is ${error?.column}`);
  }),
  runCase(
    "says where in an asynchronous function an error was thrown",
    "async function f() {\n  await null;\n  null.x;\n}\nawait f();",
    ({ error }) => {
      expectEqual(error?.name, "TypeError", "name");
      expectEqual(error?.line, 3, "line");
    },
  ),
  runCase("says where the syntax is wrong", "const a = 1;\nconst b = ;", ({ error }) => {
    expectEqual(error?.code, "SANDBOX_SYNTAX", "code");
    expectEqual(error?.line, 2, "line");
  }),
  runCase("says what to write instead of an enum", "enum Color { Red }", (result) =>
    expectError(result, "SANDBOX_SYNTAX", /enum/),
  ),
  runCase("tells the message of an error", "throw new RangeError('out there')", ({ error }) => {
    expectEqual([error?.code, error?.name, error?.message], ["SANDBOX_EXCEPTION", "RangeError", "out there"], "error");
  }),
  runCase("survives code that throws what is no error", "throw { a: 1 }", (result) =>
    expectError(result, "SANDBOX_EXCEPTION"),
  ),
  runCase(
    "captures the console in order",
    "console.log('a', 1); console.error({ b: [2] });\nconsole.info('c')",
    ({ output }) => {
      const [first, second, third, ...others] = output.split("\n");
      expectEqual([first, third, others], ["a 1", "c", []], "lines");
      expect(/b\W*:.*2/.test(second ?? ""), `an object is shown as ${second}`);
    },
  ),
  sandboxCase("tells each printed text as it comes", {}, async (sandbox) => {
    const texts: string[] = [];
    const { output } = await sandbox.run("console.log('a'); await null; console.log('b');", {
      onOutput: (text) => void texts.push(text),
    });
    expectEqual(texts.join("\n"), output, "texts");
  }),
  runCase("prints a value that contains itself", "const a = {}; a.a = a; console.log(a);", (result) => {
    expect(result.error === undefined && result.output !== "", "it cannot be printed");
  }),
  sandboxCase("starts each run with no output", {}, async (sandbox) => {
    await sandbox.run("console.log('before')");
    expectEqual((await sandbox.run("1")).output, "", "output");
  }),
];

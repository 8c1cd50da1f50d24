import { expect, expectError, only, runCase, type SandboxCase, valueCase } from "../sandbox-case.ts";
import { source } from "../sandbox-program.ts";

const importsOfTheMachine = ["node:fs", "fs"];
const importsFromOutside = ["https://example.org/x.js", "./local.js", "data:text/javascript,0"];

/** What code can import. */
export const moduleCases: readonly SandboxCase[] = [
  ...only({ language: "javascript" }, [
    valueCase("imports the modules it was given", "const { double } = await import('maths');\ndouble(21)", 42, {
      modules: {
        maths: "import { two } from 'numbers'; export const double = (n) => n * two;",
        numbers: "export const two = 2;",
      },
    }),
    runCase(
      "imports no other module",
      "await import('maths2')",
      (result) => expectError(result, "SANDBOX_EXCEPTION", /maths2/),
      { modules: { maths: "export default 1;" } },
    ),
    ...importsFromOutside.map(refusedImport),
  ]),
  ...only({ language: "javascript", isolation: "engine" }, importsOfTheMachine.map(refusedImport)),
  ...only({ language: "python" }, [
    valueCase(
      "has the standard library",
      source`
        import collections, dataclasses, datetime, itertools, json, math, random, re, statistics, textwrap, typing
        [statistics.mean([1, 3]), json.loads('[1]'), re.findall(r'\d', 'a1b2'), math.floor(1.5)]
      `,
      [2, [1], ["1", "2"], 1],
    ),
    runCase("says which module is not there", "import nothing_of_the_kind", (result) => {
      expectError(result, "SANDBOX_EXCEPTION", /nothing_of_the_kind/);
      const { name } = result.error ?? {};
      expect(name === "ModuleNotFoundError" || name === "ImportError", `the error is a ${name}`);
    }),
  ]),
];

function refusedImport(specifier: string): SandboxCase {
  return runCase(`does not import ${specifier}`, `await import(${JSON.stringify(specifier)})`, (result) =>
    expectError(result, "SANDBOX_EXCEPTION"),
  );
}

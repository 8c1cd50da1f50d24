import type { SandboxOptions } from "../../sandbox/sandbox.ts";
import { expectEqual, expectError, only, runCase, type SandboxCase, valueCase } from "../sandbox-case.ts";
import { source } from "../sandbox-program.ts";

const failing: SandboxOptions = {
  functions: {
    fail: () => {
      throw new RangeError("no such city");
    },
  },
};

const echo: SandboxOptions = { functions: { echo: (args) => args } };

/** A case in which code passes what cannot be passed. */
function refusedCase(value: string, program: string): SandboxCase {
  return runCase(
    `refuses to pass ${value} to the host, naming the function`,
    program,
    (result) => {
      expectError(result, "SANDBOX_EXCEPTION", /echo/);
      expectEqual(result.error?.name, "TypeError", "name");
    },
    echo,
  );
}

/** Calls of the host that fail. */
export const callErrorCases: readonly SandboxCase[] = [
  runCase(
    "ends the run with an error of the host that nobody catches",
    { javascript: "\nawait fail()", python: "\nfail()" },
    ({ error }) =>
      expectEqual(
        [error?.code, error?.name, error?.message, error?.line],
        ["SANDBOX_EXCEPTION", "RangeError", "no such city", 2],
        "error",
      ),
    failing,
  ),
  ...only({ language: "javascript" }, [
    valueCase(
      "throws the error of a host function where it is awaited",
      "try { await fail(); } catch (e) { [e instanceof Error, e.name, e.message] }\n" +
        "const seen = await fail().catch((e) => [e instanceof Error, e.name, e.message]);\nseen",
      [true, "RangeError", "no such city"],
      failing,
    ),
    ...[
      "NaN",
      "Infinity",
      "1n",
      "() => 1",
      "new Promise(() => {})",
      "(() => { const a = []; a.push(a); return a; })()",
    ].map((value) => refusedCase(value, `await echo(${value})`)),
  ]),
  ...only({ language: "python" }, [
    valueCase(
      "raises the error of a host function where it is called",
      "try: fail()\nexcept Exception as error: seen = [type(error).__name__, str(error)]\nseen",
      ["RangeError", "no such city"],
      failing,
    ),
    valueCase(
      "raises the error of a host function where it is awaited",
      source`
        import asyncio
        failed, = await asyncio.gather(fail.aio(), return_exceptions=True)
        try:
            await fail.aio()
        except Exception as error:
            seen = [str(failed), type(error).__name__, str(error)]
        seen
      `,
      ["no such city", "RangeError", "no such city"],
      failing,
    ),
    ...["float('nan')", "float('inf')", "lambda: 1", "object()", "[{1, 2}]"].map((value) =>
      refusedCase(value, `echo(${value})`),
    ),
    refusedCase("a list that contains itself", "a = []\na.append(a)\necho(a)"),
    refusedCase("nan by name", "echo(n=float('nan'))"),
  ]),
];

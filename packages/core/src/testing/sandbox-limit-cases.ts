import type { RunErrorCode, SandboxOptions } from "../sandbox/sandbox.ts";
import type { SandboxLimits } from "../sandbox/limits.ts";
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

const megabyte = 1024 * 1024;

/** A case in which code reaches a limit; the sandbox works afterwards. */
function limitCase(
  name: string,
  limit: keyof SandboxLimits,
  value: number,
  code: string,
  functions: SandboxOptions["functions"] = {},
): SandboxCase {
  return sandboxCase(name, { functions, limits: { [limit]: value } }, async (sandbox) => {
    const result = await sandbox.run(code);
    expectError(result, "SANDBOX_LIMIT", new RegExp(limit));
    expectEqual(result.error?.limit, limit, "limit");
    expectValue(await sandbox.run("1 + 1"), 2);
  });
}

/**
 * A case in which code fails badly; the next run works, and knows whether the variables are still there.
 *
 * @param limits - `timeoutMs` holds for the failing run alone, so that a slow machine does not fail the others.
 */
function failureCase(
  name: string,
  code: string,
  codes: readonly RunErrorCode[],
  { timeoutMs, ...limits }: Partial<SandboxLimits> = {},
): SandboxCase {
  const options: SandboxOptions = { limits, variables: { given: "given" }, functions: { echo: ([value]) => value } };
  return sandboxCase(name, options, async (sandbox) => {
    await sandbox.run("const own = 'own'");
    const { error, stateLost } = await sandbox.run(code, timeoutMs === undefined ? {} : { timeoutMs });
    expect(
      error !== undefined && codes.includes(error.code),
      `expected ${codes.join(" or ")}, got ${error?.code}: ${error?.message}`,
    );
    const own = stateLost ? "undefined" : "string";
    expectValue(await sandbox.run("[given, await echo(1), typeof own]"), ["given", 1, own]);
  });
}

const timeout: readonly RunErrorCode[] = ["SANDBOX_TIMEOUT"];
const soon = { timeoutMs: 200 };

/** Every limit holds, and reaching it costs no more than the run. */
export const limitCases: readonly SandboxCase[] = [
  failureCase("stops an endless loop", "while (true) {}", timeout, soon),
  failureCase(
    "stops an endless loop that catches everything",
    "for (;;) try { for (;;) ; } catch {} finally { continue; }",
    timeout,
    soon,
  ),
  failureCase("stops an endless chain of promises", "for (;;) await 0;", timeout, soon),
  failureCase("ends a run that waits for a promise that never settles", "await new Promise(() => {})", timeout, soon),
  failureCase(
    "stops code that fills the memory",
    "const all = []; for (;;) all.push(new Array(10_000).fill(all.length));",
    ["SANDBOX_MEMORY", "SANDBOX_CRASH"],
    { memoryBytes: 64 * megabyte },
  ),
  failureCase("stops endless recursion", "const f = () => f() + 1; f();", ["SANDBOX_STACK"]),
  failureCase("survives source that is nested too deeply", `${"(".repeat(100_000)}1${")".repeat(100_000)}`, [
    "SANDBOX_SYNTAX",
    "SANDBOX_CRASH",
  ]),
  runCase(
    "counts waiting for the host in the time limit",
    "await forever()",
    (result) => expectError(result, "SANDBOX_TIMEOUT", /forever/),
    { functions: { forever: () => new Promise(() => {}) }, limits: soon },
  ),
  runCase(
    "takes a shorter time limit for one run",
    "while (true) {}",
    (result) => expectError(result, "SANDBOX_TIMEOUT"),
    {},
    { timeoutMs: 100 },
  ),
  limitCase("limits the length of the source", "maxSourceBytes", 100, `"${"x".repeat(100)}"`),
  limitCase("limits the bytes of arguments", "maxArgumentBytes", 1000, "await echo('é'.repeat(600))", {
    echo: ([value]) => value,
  }),
  limitCase("limits the bytes of the result of a call", "maxResultBytes", 1000, "await big(); 1", {
    big: () => "é".repeat(600),
  }),
  limitCase("limits the bytes of the value of a run", "maxResultBytes", 1000, "'é'.repeat(600)"),
  limitCase("limits the depth of arguments", "maxDepth", 10, deepCode("await echo(v)"), { echo: ([value]) => value }),
  limitCase("limits the depth of the result of a call", "maxDepth", 10, "await deep(); 1", {
    deep: () => deepValue(11),
  }),
  limitCase("limits the depth of the value of a run", "maxDepth", 10, deepCode("v")),
  limitCase("limits the number of calls", "maxCalls", 5, "for (let i = 0; i < 6; i++) await echo(i);", {
    echo: ([value]) => value,
  }),
  valueCase(
    "allows as many calls as the limit says",
    "let n = 0; for (let i = 0; i < 5; i++) n += await echo(1);\nn",
    5,
    {
      functions: { echo: ([value]) => value },
      limits: { maxCalls: 5 },
    },
  ),
  {
    name: "queues calls beyond those that may wait at the same time",
    run: async (provider) => {
      let open = 0;
      let most = 0;
      const work = async ([value]: unknown[]): Promise<unknown> => {
        open += 1;
        most = Math.max(most, open);
        await Promise.resolve();
        open -= 1;
        return value;
      };
      await using sandbox = await provider.create({ functions: { work }, limits: { maxCallsInFlight: 3 } });
      expectValue(await sandbox.run("(await Promise.all(Array.from({ length: 20 }, (_, i) => work(i)))).length"), 20);
      expect(most <= 3, `${most} calls were open at once`);
    },
  },
  sandboxCase("cuts what is printed and says so", { limits: { maxOutputBytes: 100 } }, async (sandbox) => {
    const { output, error } = await sandbox.run("for (let i = 0; i < 100; i++) console.log('line', i);");
    expect(error === undefined, "it is an error");
    expect(output.startsWith("line 0\nline 1\n") && output.length < 250, `the output is ${output}`);
    expect(/cut|more/.test(output), "it does not say that something was cut");
    expectEqual((await sandbox.run("console.log('after')")).output, "after", "output of the next run");
  }),
];

function deepCode(then: string): string {
  return `let v = 1; for (let i = 0; i < 11; i++) v = [v];\n${then}`;
}

function deepValue(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

import type { SandboxLimits } from "../../sandbox/limits.ts";
import type { RunErrorCode, SandboxOptions } from "../../sandbox/sandbox.ts";
import {
  expect,
  expectError,
  expectValue,
  only,
  runCase,
  sandboxCase,
  type SandboxCase,
  valueCase,
} from "../sandbox-case.ts";
import { type Program, source } from "../sandbox-program.ts";

const megabyte = 1024 * 1024;

const given: SandboxOptions = { variables: { given: "given" }, functions: { echo: ([value]) => value } };

/**
 * A case in which code fails badly; the next run works, and one of the two tells whether the variables are gone.
 *
 * @param limits - `timeoutMs` holds for the failing run alone, so that a slow machine does not fail the others.
 */
function failureCase(
  name: string,
  program: Program,
  codes: readonly RunErrorCode[],
  { timeoutMs, ...limits }: Partial<SandboxLimits> = {},
): SandboxCase {
  const options = Object.keys(limits).length > 0 ? { ...given, limits } : given;
  return sandboxCase(name, options, async (sandbox) => {
    await sandbox.run({ javascript: "const own = 'own'", python: "own = 'own'" });
    const { error, stateLost } = await sandbox.run(program, timeoutMs === undefined ? {} : { timeoutMs });
    expect(
      error !== undefined && codes.includes(error.code),
      `expected ${codes.join(" or ")}, got ${error?.code}: ${error?.message}`,
    );
    const state = await sandbox.run({
      javascript: "[given, await echo(1), typeof own === 'string']",
      python: "[given, echo(1), 'own' in globals()]",
    });
    expectValue(state, ["given", 1, !stateLost && !state.stateLost]);
  });
}

const timeout: readonly RunErrorCode[] = ["SANDBOX_TIMEOUT"];
const soon = { timeoutMs: 200 };

/** The time, the memory and the stack are limited, and a run that fails by them does no harm to the next. */
export const failureCases: readonly SandboxCase[] = [
  failureCase("stops an endless loop", { javascript: "while (true) {}", python: "while True: pass" }, timeout, soon),
  failureCase(
    "stops an endless loop that catches everything",
    {
      javascript: "for (;;) try { for (;;) ; } catch {} finally { continue; }",
      python: source`
        while True:
            try:
                while True: pass
            except BaseException:
                continue
      `,
    },
    timeout,
    soon,
  ),
  failureCase(
    "stops code that waits for nothing again and again",
    { javascript: "for (;;) await 0;", python: "import asyncio\nwhile True: await asyncio.sleep(0)" },
    timeout,
    soon,
  ),
  failureCase(
    "ends a run that waits for what never happens",
    { javascript: "await new Promise(() => {})", python: "import asyncio\nawait asyncio.Future()" },
    timeout,
    soon,
  ),
  failureCase(
    "stops code that fills the memory",
    {
      // Not without end: a sandbox that lets it grow must fail this case, not the machine.
      javascript: "const full = []; for (let i = 0; i < 8000; i++) full.push(new Array(10_000).fill(i));",
      python: "full = []\nfor i in range(8000): full.append(b'x' * 100_000)",
    },
    ["SANDBOX_MEMORY", "SANDBOX_CRASH"],
    { memoryBytes: 64 * megabyte },
  ),
  valueCase(
    "lets code have the memory that its limit allows",
    {
      javascript: "const full = []; for (let i = 0; i < 1000; i++) full.push(new Array(20_000).fill(i));\nfull.length",
      python: "full = []\nfor i in range(1000): full.append(b'x' * 230_000)\nlen(full)",
    },
    1000,
    { limits: { memoryBytes: 256 * megabyte } },
  ),
  failureCase(
    "stops endless recursion",
    { javascript: "const f = () => f() + 1; f();", python: "def f(): return f() + 1\nf()" },
    ["SANDBOX_STACK"],
  ),
  failureCase("survives source that is nested too deeply", `${"(".repeat(100_000)}1${")".repeat(100_000)}`, [
    "SANDBOX_SYNTAX",
    "SANDBOX_CRASH",
  ]),
  runCase(
    "counts waiting for the host in the time limit",
    { javascript: "await forever()", python: "forever()" },
    (result) => expectError(result, "SANDBOX_TIMEOUT", /forever/),
    { functions: { forever: () => new Promise(() => {}) }, limits: { timeoutMs: 500 } },
  ),
  runCase(
    "takes a shorter time limit for one run",
    { javascript: "while (true) {}", python: "while True: pass" },
    (result) => expectError(result, "SANDBOX_TIMEOUT"),
    {},
    { timeoutMs: 100 },
  ),
  ...only({ language: "python" }, [
    failureCase("ends a run that sleeps too long", "import time\ntime.sleep(60)", timeout, soon),
    failureCase("stops work that Python cannot interrupt", "len(str(9 ** 9 ** 8))", timeout, soon),
  ]),
];

import type { SandboxOptions } from "../../sandbox/sandbox.ts";
import { expectError, expectValue, sandboxCase, type SandboxCase, valueCase } from "../sandbox-case.ts";

const echo: SandboxOptions = { functions: { echo: (args) => args } };

/** How code calls functions of the host. */
export const callCases: readonly SandboxCase[] = [
  valueCase(
    "calls a function of the host",
    {
      javascript: "await echo('a', { b: [1, 2.5, true, null, 'é😀'] })",
      python: "echo('a', {'b': [1, 2.5, True, None, 'é😀']})",
    },
    ["a", { b: [1, 2.5, true, null, "é😀"] }],
    echo,
  ),
  valueCase(
    "calls a function of the host without arguments",
    { javascript: "await echo()", python: "echo()" },
    [],
    echo,
  ),
  valueCase(
    "gives nothing for a host function that returns nothing",
    { javascript: "(await none()) === undefined", python: "none() is None" },
    true,
    { functions: { none: () => undefined } },
  ),
  sandboxCase("does not let code replace a function of the host", echo, async (sandbox) => {
    expectError(
      await sandbox.run({ javascript: "echo = () => 'mine'", python: "echo = lambda: 'mine'" }),
      "SANDBOX_EXCEPTION",
      /echo/,
    );
    expectValue(await sandbox.run({ javascript: "await echo(1)", python: "echo(1)" }), [1]);
  }),
  sandboxCase("does not let code declare a function in place of one of the host", echo, async (sandbox) => {
    expectError(
      await sandbox.run({ javascript: "function echo() { return 'mine'; }", python: "def echo(): return 'mine'" }),
      "SANDBOX_EXCEPTION",
      /echo/,
    );
    expectValue(await sandbox.run({ javascript: "await echo(1)", python: "echo(1)" }), [1]);
  }),
  valueCase(
    "lets parameters have the names of host functions",
    { javascript: "const f = (echo) => echo + 1;\nf(1)", python: "def f(echo): return echo + 1\nf(1)" },
    2,
    echo,
  ),
];

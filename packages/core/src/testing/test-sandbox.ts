import type { SandboxProvider } from "../sandbox/sandbox.ts";
import { bridgeCases } from "./sandbox-bridge-cases.ts";
import type { SandboxCase } from "./sandbox-case.ts";
import { clockCases } from "./sandbox-clock-cases.ts";
import { languageCases } from "./sandbox-language-cases.ts";
import { lifecycleCases } from "./sandbox-lifecycle-cases.ts";
import { limitCases } from "./sandbox-limit-cases.ts";

/** Options of {@link testSandbox}. */
export interface TestSandboxOptions {
  /** Makes the sandboxes under test; their language is JavaScript. */
  provider: SandboxProvider;
  /** Registers a test with the runner in use, such as vitest's or `node:test`'s `test`. */
  test: (name: string, run: () => Promise<void>) => void;
  /** Tests that this sandbox is known not to pass, and why. They are not registered. */
  skip?: readonly { test: string; reason: string }[];
}

/**
 * The contract of `Sandbox` as tests, for a sandbox of JavaScript.
 *
 * @throws Error when `skip` names a test that does not exist, or gives no reason.
 */
export function testSandbox({ provider, test, skip = [] }: TestSandboxOptions): void {
  const cases: readonly SandboxCase[] = [
    ...languageCases,
    ...bridgeCases,
    ...limitCases,
    ...clockCases,
    ...lifecycleCases,
  ];
  for (const { test: name, reason } of skip) {
    if (!cases.some((one) => one.name === name)) throw new Error(`testSandbox: there is no test "${name}" to skip`);
    if (reason === "") throw new Error(`testSandbox: say why "${name}" is skipped`);
  }
  for (const { name, run } of cases) {
    if (!skip.some(({ test: skipped }) => skipped === name)) test(name, () => run(provider));
  }
}

import type { SandboxProvider } from "../sandbox/sandbox.ts";
import { allSandboxCases } from "./sandbox-cases/all-sandbox-cases.ts";
import type { Isolation } from "./sandbox-isolation.ts";
import { caseProvider } from "./sandbox-program.ts";

/** Options of {@link testSandbox}. */
export interface TestSandboxOptions {
  /** Makes the sandboxes under test. Its language chooses the cases. */
  provider: SandboxProvider;
  /** Registers a test with the runner in use, such as vitest's or `node:test`'s `test`. */
  test: (name: string, run: () => Promise<void>) => void;
  /**
   * Registers what is to be done after all tests, such as vitest's `afterAll` or `after` of `node:test`. For sandboxes
   * that take long to start: with it, tests that need the same options share a sandbox, and must run one after another;
   * without it, each test makes its own.
   */
  afterAll?: (run: () => Promise<void>) => void;
  /**
   * What stands between the code and the machine. Default `"engine"`; in a `"process"`, JavaScript may see what its
   * program has: `process`, built-in modules, WebAssembly.
   */
  isolation?: Isolation;
  /** Tests that this sandbox is known not to pass, and why. They are not registered. */
  skip?: readonly { test: string; reason: string }[];
}

/**
 * The contract of `Sandbox` as tests, in the language of the sandbox: values, names that live on, errors, output, host
 * functions, limits, the clock, abort and disposal.
 *
 * What a failure costs is the sandbox's own: the tests hold it to what it says in `stateLost`.
 *
 * @throws Error when `skip` names a test that does not exist for this sandbox, or gives no reason.
 */
export function testSandbox({ provider, test, afterAll, isolation = "engine", skip = [] }: TestSandboxOptions): void {
  const cases = allSandboxCases.filter(
    (one) => (one.language ?? provider.language) === provider.language && (one.isolation ?? isolation) === isolation,
  );
  for (const { test: name, reason } of skip) {
    if (!cases.some((one) => one.name === name)) throw new Error(`testSandbox: there is no test "${name}" to skip`);
    if (reason === "") throw new Error(`testSandbox: say why "${name}" is skipped`);
  }
  const subject = caseProvider(provider, afterAll);
  for (const { name, run } of cases) {
    if (!skip.some(({ test: skipped }) => skipped === name)) test(name, () => run(subject));
  }
}

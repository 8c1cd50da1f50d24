import type { SandboxLimits } from "../../sandbox/limits.ts";
import type { SandboxProvider } from "../../sandbox/sandbox.ts";
import { lend } from "../lend.ts";
import type { Isolation } from "../sandbox-isolation.ts";
import { allHostilePrograms } from "./all-hostile-programs.ts";
import { titleOf } from "./hostile-program.ts";
import { HostileStage } from "./hostile-stage.ts";
import type { HostileReach } from "./hostile-target.ts";
import { type HostileMeasurement, runHostileProgram } from "./run-hostile-program.ts";

/** Options of {@link testHostileCode}. */
export interface TestHostileCodeOptions {
  /** Makes the sandboxes under test. Its language chooses the programs. */
  provider: SandboxProvider;
  /** Registers a test with the runner in use, such as vitest's or `node:test`'s `test`. */
  test: (name: string, run: () => Promise<void>) => void;
  /**
   * Registers what is to be done after all tests, such as vitest's `afterAll` or `after` of `node:test`. With it, the
   * tests share sandboxes and must run one after another: the sandbox beside a program stays, and the one after it is
   * the next program's own. Without it, each test makes three.
   */
  afterAll?: (run: () => Promise<void>) => void;
  /** What stands between the code and the machine: some programs are for one kind alone. */
  isolation: Isolation;
  /** Places of the host to reach. Without it, programs that aim at such a place are left out. */
  reach?: HostileReach;
  /** Limits of the sandboxes that differ from the defaults. Default: 64 MiB of memory. */
  limits?: Partial<SandboxLimits>;
  /** Time of the programs that may well run out of it, in milliseconds. Default 250. */
  timeoutMs?: number;
  /** How long after its deadline a run may be over, in milliseconds. Default 1000: a busy machine's noise. */
  maxLateMs?: number;
  /** How long the host's thread may answer nobody, in milliseconds. Default 1000: a busy machine's noise. */
  maxGapMs?: number;
  /** Hears how the host fared in each test. */
  onMeasured?: (measurement: HostileMeasurement) => void;
  /** Tests that this sandbox is known not to pass, and why. They are not registered. */
  skip?: readonly { test: string; reason: string }[];
}

/**
 * Hostile programs as tests: each must be contained, whatever it tries.
 *
 * A test passes when the program comes to the end that is expected of it, has touched nothing of the host, the host's
 * thread answered all the time, the result came in time, the same sandbox works on or says that its variables are gone,
 * and the sandboxes beside and after it notice nothing. Where a sandbox fails to contain them, the programs do bounded
 * harm: they end what they start, delete what they write, and signal without effect.
 *
 * @throws Error when `skip` names a test that does not exist, or gives no reason.
 */
export function testHostileCode(options: TestHostileCodeOptions): void {
  const { provider, test, afterAll, isolation, reach, skip = [] } = options;
  const programs = allHostilePrograms.filter(
    ({ language, only, aims }) =>
      language === provider.language &&
      (only === undefined || only === isolation) &&
      (aims !== true || reach !== undefined),
  );
  for (const { test: name, reason } of skip) {
    if (!programs.some((program) => titleOf(program) === name)) {
      throw new Error(`testHostileCode: there is no test "${name}" to skip`);
    }
    if (reason === "") throw new Error(`testHostileCode: say why "${name}" is skipped`);
  }
  const limits = options.limits ?? { memoryBytes: 64 * 1024 * 1024 };
  const setting = {
    reach,
    limits,
    timeoutMs: options.timeoutMs ?? 250,
    maxLateMs: options.maxLateMs ?? 1000,
    maxGapMs: options.maxGapMs ?? 1000,
    onMeasured: options.onMeasured ?? (() => {}),
  };
  const onStage = lend(() => new HostileStage(provider, { limits }, reach?.target ?? null), afterAll);
  for (const program of programs) {
    const name = titleOf(program);
    if (skip.some(({ test: skipped }) => skipped === name)) continue;
    test(name, () => onStage(undefined, (stage) => runHostileProgram(program, setting, stage)));
  }
}

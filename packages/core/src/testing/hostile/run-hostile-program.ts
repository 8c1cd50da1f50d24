import type { SandboxLimits } from "../../sandbox/limits.ts";
import type { RunResult } from "../../sandbox/sandbox.ts";
import { expect, expectEqual } from "../sandbox-case.ts";
import { checkEnd, checkForm } from "./check-result.ts";
import { HostWatch } from "./host-watch.ts";
import { type HostileProgram, mayTimeOut, titleOf } from "./hostile-program.ts";
import { expectState, type HostileStage, lookInto, type MarkedSandbox } from "./hostile-stage.ts";
import type { HostileReach } from "./hostile-target.ts";

/** Time for programs whose end is told, and for the runs around the hostile one. */
const ampleMs = 10_000;
/** How long calls may take to hear that their run is over. */
const abortMs = 1000;

/** How the host fared while a program ran. */
export interface HostileMeasurement {
  /** The name of the test. */
  test: string;
  /** How long after its deadline the run was over, in milliseconds; 0 when it was over before. */
  lateMs: number;
  /** The longest time in which the host's thread answered nobody, in milliseconds. */
  gapMs: number;
  /** Whether the run cost the sandbox its variables. */
  stateLost: boolean;
  /** Whether the loss was only told by the run after it, which then came to nothing. */
  lostLater: boolean;
}

/** The surroundings of a program. */
export interface HostileSetting {
  reach: HostileReach | undefined;
  limits: Partial<SandboxLimits>;
  timeoutMs: number;
  maxLateMs: number;
  maxGapMs: number;
  onMeasured(measurement: HostileMeasurement): void;
}

/**
 * Runs a hostile program, and fails unless it is contained: it comes to its end, the host is unharmed and answers all
 * the time, the sandbox works on or says that its variables are gone, and other sandboxes notice nothing.
 */
export async function runHostileProgram(
  program: HostileProgram,
  setting: HostileSetting,
  stage: HostileStage,
): Promise<void> {
  const { limits, reach } = setting;
  const { host } = stage;
  const neighbour = await stage.neighbour();
  const own = await stage.sandbox();

  const touchedBefore = reach?.touched().length ?? 0;
  using watch = new HostWatch();
  const timeoutMs = mayTimeOut(program) ? setting.timeoutMs : ampleMs;
  host.running = true;
  const startedAt = performance.now();
  const result = await own.sandbox.run(program.code, { timeoutMs });
  const lateMs = Math.max(performance.now() - startedAt - timeoutMs, 0);
  host.running = false;
  const { gapMs } = watch;

  checkForm(result, limits);
  checkEnd(result, program.ends);
  await until(() => host.open === 0);
  expectEqual(host.open, 0, "calls that are open after the run");

  host.running = true;
  const lostLater = await checkSandbox(own, program, result);
  expectState(await neighbour.sandbox.run(lookInto(neighbour)), true, "the sandbox beside it");
  host.running = false;
  await stage.renew();

  setting.onMeasured({ test: titleOf(program), lateMs, gapMs, stateLost: result.stateLost, lostLater });
  expect(lateMs <= setting.maxLateMs, `the run was over ${Math.round(lateMs)} ms after its deadline`);
  expect(gapMs <= setting.maxGapMs, `the host did not answer for ${Math.round(gapMs)} ms`);
  const harm = [...host.violations(), ...watch.changes(), ...(reach?.touched().slice(touchedBefore) ?? [])];
  expectEqual(harm, [], "harm");
  expect(reach === undefined || !JSON.stringify(result).includes(reach.secret), "the result holds the host's secret");
}

/**
 * Fails unless the sandbox works on.
 *
 * @returns Whether it was the next run that told the loss of the variables, and came to nothing itself.
 */
async function checkSandbox(own: MarkedSandbox, program: HostileProgram, { stateLost }: RunResult): Promise<boolean> {
  const { sandbox } = own;
  const look = lookInto(own);
  const next = await sandbox.run(look, { timeoutMs: program.breaksItself ? abortMs : ampleMs });
  if (program.breaksItself) return next.stateLost;
  const lostLater = next.error !== undefined && next.stateLost;
  if (lostLater) expectState(await sandbox.run(look), false, "the run after the next");
  else expectState(next, !stateLost && !(next.stateLost && isNew(next)), "the next run");
  return lostLater;
}

/** Whether a run that says that the variables are gone had none already, rather than being the last to have them. */
function isNew({ value }: RunResult): boolean {
  return Array.isArray(value) && value[0] === false;
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = performance.now() + abortMs; !condition() && performance.now() < end;) {
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

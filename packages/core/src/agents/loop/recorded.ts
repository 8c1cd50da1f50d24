import { errorMessage } from "../../errors/error-message.ts";
import { isSmoltoolsError } from "../../errors/smoltools-error.ts";
import type { MemoryStep, StepError } from "../../memory/step.ts";
import type { AgentErrorCode } from "../agent-error.ts";
import type { AgentEvent } from "../events.ts";
import type { RunContext } from "./run-context.ts";

/** Errors that the model can mend: it is shown them and the loop goes on. Every other error ends the run. */
const forTheModel: ReadonlySet<string> = new Set<AgentErrorCode>([
  "AGENT_NO_CODE",
  "AGENT_NO_CALL",
  "AGENT_BAD_JSON",
  "AGENT_CUT_OFF",
  "AGENT_FILTERED",
  "AGENT_TYPE_ERROR",
  "AGENT_UNKNOWN_TOOL",
  "AGENT_FINAL_NOT_ALONE",
  "AGENT_CALL_DENIED",
  "AGENT_CALL_BUDGET",
  "AGENT_CHECK_FAILED",
  "AGENT_OUT_OF_TIME",
]);

/** A step that can fail. */
export interface FallibleStep extends MemoryStep {
  durationMs: number;
  error: StepError | undefined;
}

/**
 * Does the work of a step. Whatever ends it, the step is in memory with its error, so that an aborted or failed run can
 * be read and continued.
 *
 * @param signal - The run's, or one that ends earlier.
 */
export async function* recorded(
  step: FallibleStep,
  { run, memory }: RunContext,
  work: AsyncGenerator<AgentEvent, void, undefined>,
  signal: AbortSignal,
): AsyncGenerator<AgentEvent, void, undefined> {
  const startedAt = performance.now();
  try {
    yield* work;
  } catch (error) {
    // Whatever fails once the run is ended fails because of that.
    const cause: unknown = run.signal.aborted ? run.signal.reason : signal.aborted ? signal.reason : error;
    const code = codeOf(cause, run.signal);
    const endedRun = run.signal.aborted || !forTheModel.has(code);
    step.error = { code, message: errorMessage(cause), endedRun };
    if (endedRun) throw cause;
  } finally {
    step.durationMs = performance.now() - startedAt;
    memory.add(step);
  }
}

function codeOf(cause: unknown, signal: AbortSignal): string {
  if (isSmoltoolsError(cause)) return cause.code;
  const foreign: AgentErrorCode = signal.aborted ? "AGENT_ABORTED" : "AGENT_FAILED";
  return foreign;
}

import { errorMessage } from "../errors/error-message.ts";
import { isSmoltoolsError } from "../errors/smoltools-error.ts";
import { ActionStep } from "../memory/action-step.ts";
import type { Memory } from "../memory/memory.ts";
import { totalUsage } from "../messages/token-usage.ts";
import type { AgentErrorCode } from "./agent-error.ts";
import type { AgentResult, AgentState } from "./agent-result.ts";
import type { AgentEvent } from "./events.ts";

/** What one kind of agent puts into the loop. */
export interface LoopAgent {
  readonly memory: Memory;
  readonly maxSteps: number;
  /** Ends the run. */
  readonly signal: AbortSignal;
  /** Does one turn: asks the model, acts, and writes down in the step what happened. */
  takeStep(step: ActionStep): AsyncGenerator<AgentEvent, void, undefined>;
  /** Asks the model for an answer when the steps have run out; the answer is the step's. */
  answerWithoutSteps(step: ActionStep): AsyncGenerator<AgentEvent, void, undefined>;
}

/** Errors that the model can mend: it is shown them and the loop goes on. Every other error ends the run. */
const forTheModel: ReadonlySet<string> = new Set<AgentErrorCode>(["AGENT_NO_CODE", "AGENT_CUT_OFF", "AGENT_FILTERED"]);

/**
 * The agent loop: ask, act, observe, until there is an answer.
 *
 * Whatever ends a step, it is written to memory first, so that an aborted or failed run can be read and continued.
 */
export async function* runLoop(agent: LoopAgent): AsyncGenerator<AgentEvent, AgentResult, undefined> {
  const startedAt = performance.now();
  const steps: ActionStep[] = [];
  let state: AgentState = "success";
  let last: ActionStep | undefined;
  while (!last?.finalAnswer) {
    agent.signal.throwIfAborted();
    const exhausted = steps.length >= agent.maxSteps;
    if (exhausted) state = "max-steps";
    last = new ActionStep(steps.length + 1);
    steps.push(last);
    yield { type: "step-start", step: last.number };
    yield* recorded(last, agent, exhausted ? agent.answerWithoutSteps(last) : agent.takeStep(last));
    yield { type: "step", step: last };
    if (exhausted) break;
  }
  const usage = totalUsage(steps.map((step) => step.usage));
  const result: AgentResult = {
    output: last?.finalAnswer?.value,
    state,
    steps,
    durationMs: performance.now() - startedAt,
    ...(usage && { usage }),
  };
  yield { type: "result", result };
  return result;
}

async function* recorded(
  step: ActionStep,
  agent: LoopAgent,
  turn: AsyncGenerator<AgentEvent, void, undefined>,
): AsyncGenerator<AgentEvent, void, undefined> {
  const startedAt = performance.now();
  try {
    yield* turn;
  } catch (error) {
    // Whatever fails once the run is ended fails because of that.
    const cause: unknown = agent.signal.aborted ? agent.signal.reason : error;
    const code = codeOf(cause, agent.signal);
    const endedRun = !forTheModel.has(code);
    step.error = { code, message: errorMessage(cause), endedRun };
    if (endedRun) throw cause;
  } finally {
    step.durationMs = performance.now() - startedAt;
    agent.memory.add(step);
  }
}

function codeOf(cause: unknown, signal: AbortSignal): string {
  if (isSmoltoolsError(cause)) return cause.code;
  const foreign: AgentErrorCode = signal.aborted ? "AGENT_ABORTED" : "AGENT_FAILED";
  return foreign;
}

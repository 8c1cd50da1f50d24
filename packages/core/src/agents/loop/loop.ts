import { ActionStep } from "../../memory/action-step.ts";
import type { Agent } from "../agent.ts";
import type { AgentOptions } from "../agent-options.ts";
import type { AgentResult, AgentState } from "../agent-result.ts";
import type { AgentEvent } from "../events.ts";
import { closingAnswer } from "./closing-answer.ts";
import { compact } from "./compaction.ts";
import { checkFinalAnswer } from "./final-answer-checks.ts";
import { isPlanDue, makePlan } from "./planning.ts";
import { recorded } from "./recorded.ts";
import { callBack } from "./step-callbacks.ts";
import { isStopped, type RunProgress } from "./stop-condition.ts";
import type { Turn } from "./turn.ts";

/** What one kind of agent puts into the loop. */
export interface LoopAgent {
  readonly agent: Agent;
  readonly turn: Turn;
  readonly options: Pick<AgentOptions, "planningInterval" | "finalAnswerChecks" | "onStep" | "stopWhen" | "compaction">;
  /** Number of the first step: more than 1 when the run goes on with an earlier one. */
  readonly firstNumber: number;
  /** Does one turn: asks the model, acts, and writes down in the step what happened. */
  takeStep(step: ActionStep, signal: AbortSignal): AsyncGenerator<AgentEvent, void, undefined>;
}

/**
 * The agent loop: ask, act, observe, until there is an answer, or something has run out.
 */
export async function* runLoop(loop: LoopAgent): AsyncGenerator<AgentEvent, AgentResult, undefined> {
  const { agent, turn, options, firstNumber } = loop;
  const { run } = turn;
  const startedAt = performance.now();
  const steps: ActionStep[] = [];
  const signal = run.workSignal;
  const progress = (): RunProgress => ({
    steps,
    usage: run.meter.usage,
    toolCalls: run.meter.toolCalls,
    durationMs: performance.now() - startedAt,
  });

  let state: AgentState = "success";
  let last: ActionStep | undefined;
  while (!last?.finalAnswer) {
    run.throwIfEnded();
    const number = firstNumber + steps.length;
    let over: Exclude<AgentState, "success"> | undefined = await whatIsOver(loop, progress);
    if (!over) {
      yield* beforeStep(loop, number, steps.length + 1, signal);
      over = run.meter.exhausted;
    }
    last = new ActionStep(number);
    steps.push(last);
    yield run.tell({ type: "step-start", step: number });
    const work = over ? closingAnswer(turn, last) : checkedStep(loop, last, signal);
    yield* recorded(last, turn, work, over ? run.signal : signal);
    await callBack(options.onStep, last, agent, run.signal);
    yield run.tell({ type: "step", step: last });
    if (!over) continue;
    state = over;
    break;
  }
  const output = last?.finalAnswer?.value;
  await callBack(options.onStep, { kind: "final-answer", output, state }, agent, run.signal);
  run.signal.throwIfAborted();
  const { usage } = run.meter;
  const result: AgentResult = {
    output,
    state,
    steps,
    toolCalls: run.meter.toolCalls,
    durationMs: performance.now() - startedAt,
    usageByModel: run.meter.usageByModel,
    ...(usage && { usage }),
  };
  const told = run.tell({ type: "result", result });
  run.signal.throwIfAborted();
  yield told;
  return result;
}

/** Why there must be no further step, if so. */
async function whatIsOver(
  { turn, options }: LoopAgent,
  progress: () => RunProgress,
): Promise<Exclude<AgentState, "success"> | undefined> {
  const { steps } = progress();
  const { exhausted } = turn.run.meter;
  if (exhausted) return exhausted;
  if (steps.length >= turn.maxSteps) return "max-steps";
  const isOver = steps.length > 0 && (await isStopped(options.stopWhen, progress(), turn.run.signal));
  return isOver ? "stopped" : undefined;
}

/** Plans and sums up where that is due. When the time runs out meanwhile, it is left at that. */
async function* beforeStep(
  { agent, turn, options }: LoopAgent,
  number: number,
  stepOfRun: number,
  signal: AbortSignal,
): AsyncGenerator<AgentEvent, void, undefined> {
  const { run, maxSteps } = turn;
  if (isPlanDue(stepOfRun, options.planningInterval)) {
    const plan = yield* makePlan(turn, number, maxSteps - stepOfRun + 1, signal);
    await callBack(options.onStep, plan, agent, run.signal);
    run.throwIfEnded();
  }
  if (!options.compaction || signal.aborted) return;
  try {
    const summary = yield* compact(turn, options.compaction, number, signal);
    if (summary) await callBack(options.onStep, summary, agent, run.signal);
  } catch (error) {
    if (run.signal.aborted || !signal.aborted) throw error;
  }
}

async function* checkedStep(
  { turn, options, takeStep }: LoopAgent,
  step: ActionStep,
  signal: AbortSignal,
): AsyncGenerator<AgentEvent, void, undefined> {
  yield* takeStep(step, signal);
  if (!step.finalAnswer) return;
  try {
    const context = { memory: turn.memory, step, signal };
    await checkFinalAnswer(options.finalAnswerChecks ?? [], step.finalAnswer.value, context);
  } catch (error) {
    step.finalAnswer = undefined;
    throw error;
  }
}

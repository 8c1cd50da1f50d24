import { ActionStep } from "../../memory/action-step.ts";
import type { Agent } from "../agent.ts";
import type { AgentOptions } from "../options/agent-options.ts";
import type { AgentResult, AgentState } from "../agent-result.ts";
import type { AgentEvent } from "../events.ts";
import { closingAnswer } from "./closing-answer.ts";
import { compact } from "./compaction.ts";
import { checkFinalAnswer } from "./final-answer-checks.ts";
import { isPlanDue, makePlan } from "./planning.ts";
import { recorded } from "./recorded.ts";
import type { RunContext } from "./run-context.ts";
import { callBack } from "./step-callbacks.ts";
import { isStopped, type RunProgress } from "./stop-condition.ts";

/** What one kind of agent puts into the loop. */
export interface LoopAgent {
  readonly agent: Agent;
  readonly context: RunContext;
  readonly options: Pick<AgentOptions, "planningInterval" | "finalAnswerChecks" | "onStep" | "stopWhen" | "compaction">;
  /** Number of the first step: more than 1 when the run goes on with an earlier one. */
  readonly firstNumber: number;
  /** Takes one step: asks the model, acts, and writes down in the step what happened. */
  takeStep(step: ActionStep, signal: AbortSignal): AsyncGenerator<AgentEvent, void, undefined>;
}

/** Why the model is asked for its answer instead of its next step. */
type EndState = Exclude<AgentState, "success">;

/** The agent loop: ask, act, observe, until there is an answer, or something has run out. */
export async function* runLoop(loop: LoopAgent): AsyncGenerator<AgentEvent, AgentResult, undefined> {
  const { agent, context, options, firstNumber } = loop;
  const { run } = context;
  const startedAt = performance.now();
  const steps: ActionStep[] = [];
  const progress = (): RunProgress => ({
    steps,
    usage: run.meter.usage,
    toolCalls: run.meter.toolCalls,
    durationMs: performance.now() - startedAt,
  });

  let end: EndState | undefined;
  let last: ActionStep | undefined;
  while (!end && !last?.finalAnswer) {
    run.throwIfEnded();
    const number = firstNumber + steps.length;
    end = await whatIsOver(loop, progress());
    if (!end) {
      yield* beforeStep(loop, number, steps.length + 1);
      run.throwIfEnded();
      end = run.meter.exhausted;
    }
    last = new ActionStep(number);
    steps.push(last);
    yield run.tell({ type: "step-start", step: number });
    if (end) yield* recorded(last, context, closingAnswer(context, last), run.signal);
    else yield* recorded(last, context, checkedStep(loop, last), run.workSignal);
    await callBack(options.onStep, last, agent, run.signal);
    yield run.tell({ type: "step", step: last });
  }

  const output = last?.finalAnswer?.value;
  const state = end ?? "success";
  await callBack(options.onStep, { kind: "final-answer", output, state }, agent, run.signal);
  run.signal.throwIfAborted();
  const { usage, ...soFar } = progress();
  const result: AgentResult = { output, state, ...soFar, steps, usageByModel: run.meter.usageByModel };
  if (usage) result.usage = usage;
  const told = run.tell({ type: "result", result });
  run.signal.throwIfAborted();
  yield told;
  return result;
}

/** Why there must be no further step, if so. */
async function whatIsOver({ context, options }: LoopAgent, progress: RunProgress): Promise<EndState | undefined> {
  const { run, maxSteps } = context;
  const { exhausted } = run.meter;
  if (exhausted) return exhausted;
  if (progress.steps.length >= maxSteps) return "max-steps";
  const isOver = progress.steps.length > 0 && (await isStopped(options.stopWhen, progress, run.signal));
  return isOver ? "stopped" : undefined;
}

/** Plans and sums up where that is due. When the time runs out meanwhile, it is left at that. */
async function* beforeStep(
  { agent, context, options }: LoopAgent,
  number: number,
  stepOfRun: number,
): AsyncGenerator<AgentEvent, void, undefined> {
  const { run, maxSteps } = context;
  const signal = run.workSignal;
  if (isPlanDue(stepOfRun, options.planningInterval)) {
    const plan = yield* makePlan(context, number, maxSteps - stepOfRun + 1, signal);
    await callBack(options.onStep, plan, agent, run.signal);
    run.throwIfEnded();
  }
  if (!options.compaction || signal.aborted) return;
  try {
    const summary = yield* compact(context, options.compaction, number, signal);
    if (summary) await callBack(options.onStep, summary, agent, run.signal);
  } catch (error) {
    if (run.signal.aborted || !signal.aborted) throw error;
  }
}

/** A step whose final answer counts only if it passes the checks. */
async function* checkedStep(
  { context, options, takeStep }: LoopAgent,
  step: ActionStep,
): AsyncGenerator<AgentEvent, void, undefined> {
  const { run, memory } = context;
  const signal = run.workSignal;
  yield* takeStep(step, signal);
  if (!step.finalAnswer) return;
  try {
    await checkFinalAnswer(options.finalAnswerChecks ?? [], step.finalAnswer.value, { memory, step, signal });
  } catch (error) {
    step.finalAnswer = undefined;
    throw error;
  }
}

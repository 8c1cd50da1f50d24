import { ActionStep } from "../../memory/action-step.ts";
import type { RecordedCall } from "../../memory/recorded-call.ts";
import { PlanningStep } from "../../memory/planning-step.ts";
import type { MemoryStep } from "../../memory/step.ts";
import { SummaryStep } from "../../memory/summary-step.ts";
import { SystemPromptStep } from "../../memory/system-prompt-step.ts";
import { TaskStep } from "../../memory/task-step.ts";
import { briefLimits, detailedLimits, LogPage, type PageOptions } from "./log-page.ts";
import {
  reportAnswer,
  reportCall,
  reportEnd,
  reportFailedCall,
  reportPlan,
  reportSummary,
  reportTask,
} from "./step-report.ts";
import { UsageTally } from "./usage-tally.ts";

/** Options of {@link replay}. */
export interface ReplayOptions extends PageOptions {
  /** Show the system prompt and the thoughts that the provider showed apart, and values at full length. @default false */
  readonly detailed?: boolean;
}

/**
 * Writes what a memory holds, as `terminalLog` would have shown it: for a run that is over, or a memory that was
 * imported. The work of managed agents stands with the calls that gave it to them.
 *
 * @param memory - Such as `agent.memory` or `Memory.fromJSON(…)`.
 * @throws TypeError for a step of a kind that is not known.
 */
export function replay(memory: { readonly steps: readonly MemoryStep[] }, options: ReplayOptions): void {
  const { detailed = false } = options;
  const page = new LogPage(options, detailed ? detailedLimits : briefLimits);
  replaySteps(memory.steps, page, new UsageTally(), detailed);
}

function replaySteps(steps: readonly MemoryStep[], page: LogPage, tally: UsageTally, detailed: boolean): void {
  for (const step of steps) {
    if (step instanceof ActionStep) replayAction(step, page, tally, detailed);
    else if (step instanceof PlanningStep) {
      tally.add(step.usage);
      if (detailed && step.reasoning !== undefined) page.block("Reasoning", step.reasoning, "dim");
      reportPlan(page, step, tally.total);
    } else if (step instanceof SummaryStep) {
      tally.add(step.usage);
      reportSummary(page, step, tally.total);
    } else if (step instanceof TaskStep) {
      page.rule("New task");
      reportTask(page, step.task, step.images);
    } else if (step instanceof SystemPromptStep) {
      if (detailed) page.block("System prompt", step.text);
    } else throw new TypeError(`The memory holds a step of the unknown kind "${step.kind}"`);
  }
}

function replayAction(step: ActionStep, page: LogPage, tally: UsageTally, detailed: boolean): void {
  page.rule(`Step ${step.number}`);
  if (detailed && step.reasoning !== undefined) page.block("Reasoning", step.reasoning, "dim");
  const hasAnswer = step.modelOutput !== undefined || step.code !== undefined;
  // The closing answer of a run is shown as its final answer.
  if (hasAnswer && step.modelOutput?.trim() !== step.finalAnswer?.value) {
    reportAnswer(page, step.modelOutput ?? "", step.code);
  }
  for (const call of step.toolCalls) replayCall(call, page, tally, detailed);
  if (!isFinalAnswerAlone(step)) {
    for (const [index, { text, isError }] of step.answers.entries()) {
      const name = step.modelCalls[index]?.name ?? "the model";
      page.block(`Answer to ${name}`, text, isError ? "error" : "plain");
    }
    if (step.observation !== undefined) page.block("Observation", step.observation);
  }
  tally.add(step.usage);
  reportEnd(page, step, tally.total);
}

/** The model was told the final answer and nothing else: it is shown once. */
function isFinalAnswerAlone({ finalAnswer, observation = "", answers }: ActionStep): boolean {
  return finalAnswer !== undefined && (answers.length === 1 || observation.startsWith("Final answer: "));
}

function replayCall(call: RecordedCall, page: LogPage, tally: UsageTally, detailed: boolean): void {
  reportCall(page, call);
  const { run, error } = call;
  if (run) replaySteps(run.steps, page.within(`${run.agent} ${call.id}`), new UsageTally(tally), detailed);
  if (error !== undefined) reportFailedCall(page, { ...call, error });
}

import { errorMessage } from "../../errors/error-message.ts";
import { isList } from "../../schema/is-list.ts";
import type { ActionStep } from "../../memory/action-step.ts";
import type { PlanningStep } from "../../memory/planning-step.ts";
import type { SummaryStep } from "../../memory/summary-step.ts";
import type { TaskStep } from "../../memory/task-step.ts";
import type { Agent } from "../agent.ts";
import { AgentError } from "../agent-error.ts";
import type { AgentState } from "../agent-result.ts";
import { orAborted } from "./or-aborted.ts";

/** The end of a run, as callbacks see it. Not a part of the memory: the last action step holds the answer. */
export interface FinalAnswerStep {
  readonly kind: "final-answer";
  readonly output: unknown;
  readonly state: AgentState;
}

/** The steps that callbacks are called after, by their kind. */
export interface CallbackSteps {
  task: TaskStep;
  planning: PlanningStep;
  action: ActionStep;
  summary: SummaryStep;
  "final-answer": FinalAnswerStep;
}

/**
 * Called after a step is in memory, before the next one begins. It may change the memory, or interrupt the agent.
 * What it returns is ignored, but a promise is waited for. What it throws ends the run with `AGENT_CALLBACK_FAILED`.
 */
export type StepCallback<Step = CallbackSteps[keyof CallbackSteps]> = (step: Step, agent: Agent) => unknown;

type OneOrMore<Value> = Value | readonly Value[];

/** Callbacks for action steps, or by the kind of step; `any` is called after each of them. */
export type StepCallbacks =
  | OneOrMore<StepCallback<ActionStep>>
  | ({ readonly [Kind in keyof CallbackSteps]?: OneOrMore<StepCallback<CallbackSteps[Kind]>> } & {
      readonly any?: OneOrMore<StepCallback>;
    });

/**
 * Calls what is to be called after a step, the callbacks of its kind first.
 *
 * @param signal - Ends the wait for a callback.
 * @throws AgentError `AGENT_CALLBACK_FAILED`, or the signal's reason.
 */
export async function callBack(
  callbacks: StepCallbacks | undefined,
  step: CallbackSteps[keyof CallbackSteps],
  agent: Agent,
  signal: AbortSignal,
): Promise<void> {
  if (callbacks === undefined) return;
  for (const callback of callbacksFor(callbacks, step.kind)) {
    try {
      await orAborted(Promise.resolve(callback(step, agent)), signal);
    } catch (cause) {
      signal.throwIfAborted();
      const name = callback.name === "" ? "A step callback" : `The step callback ${callback.name}`;
      throw new AgentError(`${name} failed after a step of the kind "${step.kind}": ${errorMessage(cause)}`, {
        code: "AGENT_CALLBACK_FAILED",
        cause,
      });
    }
  }
}

function callbacksFor(callbacks: StepCallbacks, kind: keyof CallbackSteps): StepCallback[] {
  const byKind = typeof callbacks === "function" || isList(callbacks) ? { action: callbacks } : callbacks;
  // Each list only ever meets steps of its own kind.
  return [
    ...listOf(byKind[kind] as OneOrMore<StepCallback> | undefined),
    ...listOf("any" in byKind ? byKind.any : undefined),
  ];
}

function listOf(callbacks: OneOrMore<StepCallback> | undefined): readonly StepCallback[] {
  if (callbacks === undefined) return [];
  return isList(callbacks) ? callbacks : [callbacks];
}

import { ActionStep } from "../../memory/action-step.ts";
import { limitImages } from "../../memory/limit-images.ts";
import { PlanningStep } from "../../memory/planning-step.ts";
import { type Message, textMessage, textPart } from "../../messages/message.ts";
import type { AgentEvent } from "../events.ts";
import { endOfPlan } from "../prompts/common-prompts.ts";
import { askModel } from "./ask-model.ts";
import { recorded } from "./recorded.ts";
import type { RunContext } from "./run-context.ts";

/** Tells whether a plan is due before an action step: before the first one, and then at every interval. */
export function isPlanDue(stepOfRun: number, interval: number | undefined): boolean {
  return interval !== undefined && (stepOfRun - 1) % interval === 0;
}

/**
 * Has the model make a plan, or bring it up to date when there is work to look back on.
 *
 * @param number - Number of the action step that comes next.
 * @param stepsLeft - How many action steps the run may still take.
 */
export async function* makePlan(
  context: RunContext,
  number: number,
  stepsLeft: number,
  signal: AbortSignal,
): AsyncGenerator<AgentEvent, PlanningStep, undefined> {
  const step = new PlanningStep(number);
  yield* recorded(step, context, ask(context, step, stepsLeft, signal), signal);
  yield context.run.tell({ type: "plan", step });
  return step;
}

async function* ask(
  context: RunContext,
  step: PlanningStep,
  stepsLeft: number,
  signal: AbortSignal,
): AsyncGenerator<AgentEvent, void, undefined> {
  const { run, model, memory } = context;
  const isFirst = !memory.steps.some((each) => each instanceof ActionStep);
  const messages = isFirst ? firstMessages(context) : updateMessages(context, stepsLeft);
  const request = { ...context.parameters, messages, stop: [endOfPlan] };
  const reply = yield* askModel(run, { model, request, purpose: "plan", number: step.beforeStep, signal, step });
  const [text = ""] = reply.text.split(endOfPlan);
  step.plan = text.trim() === "" ? undefined : text.trim();
  if (reply.reasoning !== "") step.reasoning = reply.reasoning;
}

function firstMessages({ prompts, memory, task, tools, managedAgents, maxImages }: RunContext): Message[] {
  const { notes = [], images = [] } = memory.task ?? {};
  const text = [prompts.firstPlan({ task, tools, managedAgents }), ...notes].join("\n\n");
  return limitImages([{ role: "user", content: [textPart(text), ...images] }], maxImages);
}

function updateMessages(context: RunContext, left: number): Message[] {
  const { prompts, memory, task, tools, managedAgents, maxImages } = context;
  return [
    textMessage("system", prompts.planUpdateBefore({ task })),
    ...memory.toMessages({ summary: true, maxImages }),
    textMessage("user", prompts.planUpdateAfter({ task, tools, managedAgents, stepsLeft: String(left) })),
  ];
}

import { withoutMiddle } from "../../messages/cut-text.ts";
import { charactersPerToken, estimateMessageTokens } from "../../messages/estimate-tokens.ts";
import { messageText, textMessage } from "../../messages/message.ts";
import { ActionStep } from "../../memory/action-step.ts";
import { Memory } from "../../memory/memory.ts";
import { SummaryStep } from "../../memory/summary-step.ts";
import type { Model } from "../../model/model.ts";
import type { AgentEvent } from "../events.ts";
import { askModel } from "./ask-model.ts";
import { conversation, type RunContext } from "./run-context.ts";

/** When and how a long conversation is summed up. */
export interface Compaction {
  /** The most tokens that a request may take, about: what the model's context holds, less room for its answer. */
  maxTokens: number;
  /** How many of the latest action steps are kept as they are. @default 4 */
  keepSteps?: number;
  /** The model that sums up. Default: the agent's own. */
  model?: Model;
}

/** Part of the budget at which the conversation is summed up. */
const nearBudget = 0.8;
/** Part of the budget that the request for the summary may take. */
const forTranscript = 0.6;
/** Part of the budget that the summary may take: a longer one is cut, or it would have to be made again at once. */
const forSummary = 0.25;
/** Longest text of one message that is summed up, in characters. */
const maxCharacters = 8_000;

/**
 * Sums the earlier steps up when the next request comes near the budget. The steps stay in memory; the model is told
 * the summary in their place.
 *
 * @param number - Number of the action step that comes next.
 */
export async function* compact(
  context: RunContext,
  { maxTokens, keepSteps = 4, model = context.model }: Compaction,
  number: number,
  signal: AbortSignal,
): AsyncGenerator<AgentEvent, SummaryStep | undefined, undefined> {
  const covers = worthCovering(context, keepSteps, maxTokens * nearBudget);
  if (covers === 0) return undefined;
  const { run, memory, prompts, task } = context;
  const startedAt = performance.now();
  const asking = { modelId: undefined, usage: undefined };
  const messages = [
    textMessage("system", prompts.summary({ task })),
    textMessage("user", transcript(context, covers, maxTokens * forTranscript * charactersPerToken)),
  ];
  const reply = yield* askModel(run, {
    model,
    request: { ...context.parameters, messages },
    purpose: "summary",
    number,
    signal,
    step: asking,
  });
  const text = shortened(reply.text.trim(), Math.floor(maxTokens * forSummary * charactersPerToken));
  const step = new SummaryStep(covers, text || "(The summary is empty.)");
  Object.assign(step, asking, { durationMs: performance.now() - startedAt });
  memory.add(step);
  yield run.tell({ type: "summary", step });
  return step;
}

/**
 * How many steps from the beginning to cover: none while the conversation is short, or when a summary would not make it
 * so. Where the latest steps are too long themselves only the last one is kept, and when that one is too, the model is
 * not asked at every step in vain.
 */
function worthCovering(context: RunContext, keepSteps: number, maxTokens: number): number {
  if (estimateMessageTokens(conversation(context)) < maxTokens) return 0;
  const kept = coverable(context, keepSteps);
  if (kept > 0 && tokensAfter(context, kept) < maxTokens) return kept;
  const most = coverable(context, 1);
  if (most > 0 && tokensAfter(context, most) < maxTokens) return most;
  const { steps } = context.memory;
  const lastAt = steps.findLastIndex((step) => step instanceof SummaryStep);
  const newSteps = steps.slice(lastAt + 1).filter((step) => step instanceof ActionStep).length;
  return lastAt === -1 || newSteps >= keepSteps ? most : 0;
}

/** About how many tokens the conversation takes when a summary as long as the last one covers so many steps. */
function tokensAfter(context: RunContext, covers: number): number {
  const memory = new Memory();
  memory.replaceWith(context.memory);
  const last = memory.steps.findLast((step) => step instanceof SummaryStep);
  memory.add(new SummaryStep(covers, last?.text ?? ""));
  return estimateMessageTokens(conversation({ ...context, memory }));
}

/** How many steps from the beginning can be covered: those before the latest ones, unless a summary covers them already. */
function coverable({ memory: { steps } }: RunContext, keepSteps: number): number {
  const actions = steps.flatMap((step, index) => (step instanceof ActionStep ? [index] : []));
  const covers = actions.at(-keepSteps) ?? 0;
  const last = steps.findLast((step) => step instanceof SummaryStep);
  // Without a step of work among them there is nothing to sum up.
  return actions.some((index) => index >= (last?.coversOf(steps) ?? 0) && index < covers) ? covers : 0;
}

/** What is to be summed up, as one text: the last summary, and what came after it. */
function transcript({ memory: { steps } }: RunContext, covers: number, maxTotal: number): string {
  const lastAt = steps.findLastIndex((step) => step instanceof SummaryStep);
  const last = steps[lastAt];
  const from = last instanceof SummaryStep ? last.coversOf(steps) : 0;
  const parts = last ? [...last.toMessages()] : [];
  const later = steps.slice(from, covers).filter((step) => step.kind !== "summary" && step.kind !== "system-prompt");
  parts.push(...later.flatMap((step) => step.toMessages()));
  const share = Math.max(200, Math.min(maxCharacters, Math.floor(maxTotal / Math.max(parts.length, 1))));
  return parts
    .map((message) => {
      const calls = message.role === "assistant" && message.toolCalls ? JSON.stringify(message.toolCalls) : "";
      return `[${message.role}] ${shortened(messageText(message) + calls, share)}`;
    })
    .join("\n\n");
}

function shortened(text: string, maxCharacters: number): string {
  return withoutMiddle(text, maxCharacters, () => " … ");
}

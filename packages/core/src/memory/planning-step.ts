import { type Message, textMessage } from "../messages/message.ts";
import type { TokenUsage } from "../messages/token-usage.ts";
import type { MemoryStep, MessageOptions, StepError } from "./step.ts";

/** A plan that the model made before it went on. */
export class PlanningStep implements MemoryStep {
  readonly kind = "planning";
  /** The action step before which the plan was made, from 1. */
  readonly beforeStep: number;
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  durationMs = 0;
  /** The plan, without its end mark; `undefined` when the model gave none. */
  plan: string | undefined;
  /** Thoughts that the provider showed apart. */
  reasoning: string | undefined;
  usage: TokenUsage | undefined;
  /** Id of the model that was asked. */
  modelId: string | undefined;
  error: StepError | undefined;
  #told: { plan: string; messages: readonly Message[] } | undefined;

  constructor(beforeStep: number, startedAt: number = Date.now()) {
    this.beforeStep = beforeStep;
    this.startedAt = startedAt;
  }

  toMessages({ summary = false }: MessageOptions = {}): readonly Message[] {
    const { plan } = this;
    // An old plan would hold back a model that has to make a new one.
    if (summary || !plan) return nothing;
    if (this.#told?.plan !== plan) this.#told = { plan, messages: planMessages(plan) };
    return this.#told.messages;
  }
}

const nothing: readonly Message[] = [];

function planMessages(plan: string): Message[] {
  return [textMessage("assistant", `My plan:\n${plan}`), textMessage("user", "Carry out this plan now, step by step.")];
}

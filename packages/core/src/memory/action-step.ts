import { type Message, textMessage } from "../messages/message.ts";
import type { TokenUsage } from "../messages/token-usage.ts";
import type { MemoryStep, ToMessagesOptions } from "./step.ts";

/** A call of a tool that happened during a step. */
export interface RecordedCall {
  /** Unique within the run: the step and the place in it, as in `call_2_1`. */
  id: string;
  tool: string;
  input: unknown;
  durationMs: number;
  /** Message of the error, when the call failed. */
  error?: string;
}

/** What went wrong in a step, as the model is told. */
export interface StepError {
  code: string;
  message: string;
}

/** One turn of the loop: what the model wrote, what it did, what was seen. */
export class ActionStep implements MemoryStep {
  readonly kind = "action";
  /** From 1 in each run. */
  readonly number: number;
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  durationMs = 0;
  /** The model's answer, as it is shown to it again. */
  modelOutput: string | undefined;
  /** Thoughts that the provider showed apart. */
  reasoning: string | undefined;
  /** The code that ran. */
  code: string | undefined;
  toolCalls: RecordedCall[] = [];
  /** What the model is told of the outcome. */
  observation: string | undefined;
  error: StepError | undefined;
  usage: TokenUsage | undefined;
  /** Present when the step gave the final answer. */
  finalAnswer: { value: unknown } | undefined;

  constructor(number: number, startedAt: number = Date.now()) {
    this.number = number;
    this.startedAt = startedAt;
  }

  toMessages({ summary = false }: ToMessagesOptions = {}): Message[] {
    const messages: Message[] = [];
    if (this.modelOutput !== undefined && !summary) messages.push(textMessage("assistant", this.modelOutput));
    const seen: string[] = [];
    if (this.observation !== undefined) seen.push(`Observation:\n${this.observation}`);
    if (this.error) {
      seen.push(
        `Error (${this.error.code}):\n${this.error.message}\n` +
          "Read the error, then try again: change what caused it, or take another way. Do not repeat the same step.",
      );
    }
    if (seen.length > 0) messages.push(textMessage("user", seen.join("\n\n")));
    return messages;
  }
}

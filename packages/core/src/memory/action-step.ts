import { type Message, textMessage } from "../messages/message.ts";
import type { TokenUsage } from "../messages/token-usage.ts";
import type { MemoryStep } from "./step.ts";

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
  /**
   * What kind of error: an `AgentErrorCode`, the `RunErrorCode` of code that failed, or the code of whatever error of
   * smoltools ended the run, such as a `ModelErrorCode`. More kinds may come: do not rely on the list being closed.
   */
  code: string;
  message: string;
  /** True when the run ended with it; otherwise the model was shown it and went on. */
  endedRun: boolean;
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

  toMessages(): Message[] {
    const messages: Message[] = [];
    // Providers refuse a message of the assistant that says nothing.
    if (this.modelOutput?.trim()) messages.push(textMessage("assistant", this.modelOutput));
    const seen: string[] = [];
    if (this.observation !== undefined) seen.push(`Observation:\n${this.observation}`);
    if (this.error) seen.push(this.error.endedRun ? this.#endText(this.error) : adviceText(this.error));
    if (seen.length > 0) messages.push(textMessage("user", seen.join("\n\n")));
    return messages;
  }

  /** For the model of a later run: it is not to blame, but has to know that the step is not complete. */
  #endText({ code, message }: StepError): string {
    const effects = this.code === undefined ? "" : "\nIts code may have run in part.";
    return `The run was ended during this step (${code}):\n${message}${effects}`;
  }
}

function adviceText({ code, message }: StepError): string {
  return (
    `Error (${code}):\n${message}\n` +
    "Read the error, then try again: change what caused it, or take another way. Do not repeat the same step."
  );
}

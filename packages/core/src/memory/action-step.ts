import { type ImagePart, type Message, textMessage, textPart, type ToolCallPart } from "../messages/message.ts";
import type { TokenUsage } from "../messages/token-usage.ts";
import { wellFormedJson } from "../messages/well-formed.ts";
import type { RecordedCall } from "./recorded-call.ts";
import type { MemoryStep, MessageOptions, StepError } from "./step.ts";

/** What the model is told of one of its native tool calls. */
export interface ToolAnswer {
  text: string;
  isError: boolean;
}

/** The messages of a step, and what they were made of. */
interface Told extends Pick<ActionStep, "modelOutput" | "observation" | "error" | "images" | "modelCalls"> {
  readonly errorMessage: string | undefined;
  readonly texts: readonly string[];
  readonly messages: readonly Message[];
}

/** One turn of the loop: what the model wrote, what it did, what was seen. */
export class ActionStep implements MemoryStep {
  readonly kind = "action";
  /** From 1 in each run. */
  readonly number: number;
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  durationMs = 0;
  /** How much of that the model took. */
  modelDurationMs = 0;
  /** Id of the model that was asked. */
  modelId: string | undefined;
  /** The model's answer, as it is shown to it again. */
  modelOutput: string | undefined;
  /** Thoughts that the provider showed apart. */
  reasoning: string | undefined;
  /** The code that ran. */
  code: string | undefined;
  /** Native tool calls as the model wrote them, in its order. */
  modelCalls: readonly ToolCallPart[] = [];
  /** The answers to `modelCalls`, in the same order; shorter when the run ended before all of them were there. */
  answers: ToolAnswer[] = [];
  /** Calls of tools that really happened, in the order in which they began. */
  toolCalls: RecordedCall[] = [];
  /** What the model is told of the outcome. */
  observation: string | undefined;
  /** Images that belong to the observation. */
  images: readonly ImagePart[] = [];
  error: StepError | undefined;
  usage: TokenUsage | undefined;
  /** Present when the step gave the final answer. */
  finalAnswer: { value: unknown } | undefined;
  #told: Told | undefined;

  constructor(number: number, startedAt: number = Date.now()) {
    this.number = number;
    this.startedAt = startedAt;
  }

  toMessages(options: MessageOptions = {}): readonly Message[] {
    if (options.summary || options.callsAsText) return this.#messages(options);
    // A long conversation is told anew at each step, and nearly all of its steps have not changed since.
    if (!this.#told || !this.#isAsTold(this.#told)) this.#told = this.#tell();
    return this.#told.messages;
  }

  #tell(): Told {
    const { modelOutput, observation, error, images, modelCalls, answers } = this;
    return {
      modelOutput,
      observation,
      error,
      errorMessage: error?.message,
      images: [...images],
      modelCalls,
      texts: answers.map(({ text }) => text),
      messages: this.#messages({}),
    };
  }

  #isAsTold(told: Told): boolean {
    return (
      told.modelOutput === this.modelOutput &&
      told.observation === this.observation &&
      told.error === this.error &&
      told.errorMessage === this.error?.message &&
      told.modelCalls === this.modelCalls &&
      told.texts.length === this.answers.length &&
      told.images.length === this.images.length &&
      (told.texts.length === 0 || told.texts.every((text, index) => text === this.answers[index]?.text)) &&
      (told.images.length === 0 || told.images.every((image, index) => image === this.images[index]))
    );
  }

  #messages({ summary = false, callsAsText = false }: MessageOptions): Message[] {
    const hasCalls = this.modelCalls.length > 0;
    const messages: Message[] = [];
    if (hasCalls && !summary && !callsAsText) messages.push(...this.#callsAndAnswers());
    else {
      // Providers refuse a message of the assistant that says nothing.
      if (!summary && this.modelOutput?.trim()) messages.push(textMessage("assistant", this.modelOutput));
      if (hasCalls) messages.push(this.#callsAsText());
    }
    const seen: string[] = [];
    if (this.observation !== undefined) seen.push(`Observation:\n${this.observation}`);
    if (this.error && !this.#isToldByAnswers(this.error))
      seen.push(this.error.endedRun ? this.#endText(this.error) : adviceText(this.error));
    if (seen.length > 0 || this.images.length > 0) {
      const text = seen.length > 0 ? seen.join("\n\n") : "Observation:";
      messages.push({ role: "user", content: [textPart(text), ...this.images] });
    }
    return messages;
  }

  /** Every call has its answer: providers refuse a conversation in which one is missing. */
  #callsAndAnswers(): Message[] {
    const text = this.modelOutput?.trim() ? [textPart(this.modelOutput)] : [];
    return [
      { role: "assistant", content: text, toolCalls: this.modelCalls.map(acceptableCall) },
      ...this.modelCalls.map(({ id }, index): Message => {
        const answer = this.answers[index]?.text ?? "This call was not carried out.";
        return { role: "tool", toolCallId: id, content: [textPart(answer)] };
      }),
    ];
  }

  #callsAsText(): Message {
    const lines = this.modelCalls.map(
      (call, index) => `${call.name}(${call.arguments}) -> ${this.answers[index]?.text ?? "no answer"}`,
    );
    return textMessage("user", `Calls of tools, with their results:\n${lines.join("\n")}`);
  }

  /** An error of native calls is told in their answers already. */
  #isToldByAnswers({ endedRun }: StepError): boolean {
    return !endedRun && this.answers.some(({ isError }) => isError);
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

/**
 * A call as providers take it back. Arguments that are no JSON object, or a name that is none, make some of them refuse
 * the whole conversation, again and again; what was wrong is in the answer to the call.
 */
function acceptableCall(call: ToolCallPart): ToolCallPart {
  const name = /^[\w-]{1,64}$/.test(call.name) ? call.name : "unknown_tool";
  return { ...call, name, arguments: jsonObject(call.arguments) ?? "{}" };
}

/** The text of a JSON object as it can be sent; `undefined` for what is none. */
function jsonObject(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? wellFormedJson(text) : undefined;
  } catch {
    return undefined;
  }
}

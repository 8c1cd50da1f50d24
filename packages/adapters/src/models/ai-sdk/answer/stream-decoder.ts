import type { FinishReason, ModelDelta, TokenUsage } from "@smoltools/core";
import { fieldOf, isRecord, textField } from "../../../shared/json-access.ts";
import type { CallErrors } from "./call-errors.ts";

const finishReasons = new Map<string, FinishReason>([
  ["stop", "stop"],
  ["length", "length"],
  ["tool-calls", "tool-calls"],
  ["content-filter", "content-filter"],
]);

interface StartedCall {
  index: number;
  /** Two calls of one id could not be answered apart: the id that it was passed on with. */
  id: string;
  /** True once a piece of its arguments was passed on. */
  streamed: boolean;
  /** True once the whole call came: another one of its id is another call. */
  whole: boolean;
}

/** Where the decoder leaves what it learns besides the answer. */
export interface DecoderListener {
  /** What the provider wants to see again with a call. */
  onCallMetadata: (toolCallId: string, metadata: Readonly<Record<string, unknown>>) => void;
  onWarning: (warning: unknown) => void;
}

/**
 * Turns the parts of a language model's stream into deltas. Calls that the provider itself executes are left out.
 *
 * Source: `LanguageModelV4StreamPart` of `@ai-sdk/provider`, and those of the versions before.
 */
export class StreamDecoder {
  readonly #errors: CallErrors;
  readonly #listener: DecoderListener;
  /** By the provider's ids, the last one of each. */
  readonly #calls = new Map<string, StartedCall>();
  #count = 0;
  /** Calls whose arguments come as a text that is not JSON, or that are not for us. */
  readonly #silent = new Set<string>();
  #finished = false;

  constructor(errors: CallErrors, listener: DecoderListener) {
    this.#errors = errors;
    this.#listener = listener;
  }

  /** True once the last delta was given out. */
  get finished(): boolean {
    return this.#finished;
  }

  /**
   * Takes the next part.
   *
   * @throws ModelError or Retryable for a part that is an error.
   */
  push(part: unknown): ModelDelta[] {
    switch (fieldOf(part, "type")) {
      case "stream-start":
        this.#warnings(fieldOf(part, "warnings"));
        return [];
      case "text-delta":
        return textDelta("text", part);
      case "reasoning-delta":
        return textDelta("reasoning", part);
      case "tool-input-start":
        return this.#inputStart(part);
      case "tool-input-delta":
        return this.#inputDelta(part);
      case "tool-call":
        return this.#call(part);
      case "error":
        throw this.#errors.failed(fieldOf(part, "error"));
      case "finish":
        return this.#finish(part);
      default:
        return [];
    }
  }

  #warnings(warnings: unknown): void {
    if (Array.isArray(warnings)) for (const warning of warnings) this.#listener.onWarning(warning);
  }

  #inputStart(part: unknown): ModelDelta[] {
    const id = textField(part, "id");
    if (id === undefined) return [];
    if (fieldOf(part, "providerExecuted") === true) {
      this.#silent.add(id);
      return [];
    }
    // The JSON of such arguments comes with the whole call.
    if (fieldOf(part, "inputEncoding") === "text") this.#silent.add(id);
    return [beginningOf(this.#start(id), part)];
  }

  #inputDelta(part: unknown): ModelDelta[] {
    const id = textField(part, "id") ?? "";
    const delta = textField(part, "delta");
    const call = this.#calls.get(id);
    if (!call || delta === undefined || this.#silent.has(id)) return [];
    call.streamed = true;
    return [{ type: "tool-call", index: call.index, arguments: delta }];
  }

  #call(part: unknown): ModelDelta[] {
    const id = textField(part, "toolCallId");
    if (id === undefined || fieldOf(part, "providerExecuted") === true) return [];
    const last = this.#calls.get(id);
    const started = last?.whole === false ? last : this.#start(id);
    started.whole = true;
    const metadata = fieldOf(part, "providerMetadata");
    if (isRecord(metadata)) this.#listener.onCallMetadata(started.id, metadata);
    if (started.streamed) return [];
    const written = writtenInput(fieldOf(part, "input"));
    if (started === last) return [{ type: "tool-call", index: started.index, arguments: written }];
    return [{ ...beginningOf(started, part), arguments: written }];
  }

  #start(id: string): StartedCall {
    const index = this.#count++;
    const call = { index, id: this.#calls.has(id) ? `${id}_${index + 1}` : id, streamed: false, whole: false };
    this.#calls.set(id, call);
    return call;
  }

  #finish(part: unknown): ModelDelta[] {
    const reason = fieldOf(part, "finishReason");
    const unified = typeof reason === "string" ? reason : textField(reason, "unified");
    if (unified === "error") throw this.#errors.broken("the provider says that it ended with an error");
    if (unified === "interrupted") throw this.#errors.broken("it ended before its end");
    const named = finishReasons.get(unified ?? "") ?? "other";
    const usage = usageOf(fieldOf(part, "usage"));
    this.#finished = true;
    return [
      ...(usage ? [{ type: "usage", usage } as const] : []),
      // Some providers name the end of calls as any other.
      { type: "finish", reason: this.#count > 0 && (named === "stop" || named === "other") ? "tool-calls" : named },
    ];
  }
}

function beginningOf({ index, id }: StartedCall, part: unknown): ModelDelta & { type: "tool-call" } {
  return { type: "tool-call", index, id, name: textField(part, "toolName") ?? "" };
}

/** A call without arguments is one with no arguments, `{}`. */
function writtenInput(input: unknown): string {
  if (typeof input !== "string") return JSON.stringify(input ?? {});
  return input.trim() === "" ? "{}" : input;
}

function textDelta(type: "text" | "reasoning", part: unknown): ModelDelta[] {
  const text = textField(part, "delta");
  return text === undefined ? [] : [{ type, text }];
}

/** Version 2 has numbers, later ones have objects with a total. */
function usageOf(usage: unknown): TokenUsage | undefined {
  const inputTokens = countOf(fieldOf(usage, "inputTokens"));
  const outputTokens = countOf(fieldOf(usage, "outputTokens"));
  return inputTokens === undefined || outputTokens === undefined ? undefined : { inputTokens, outputTokens };
}

function countOf(tokens: unknown): number | undefined {
  const count = typeof tokens === "number" ? tokens : fieldOf(tokens, "total");
  return typeof count === "number" && Number.isInteger(count) && count >= 0 ? count : undefined;
}

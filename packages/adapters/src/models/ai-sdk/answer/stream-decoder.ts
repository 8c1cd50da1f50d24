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
  /** True once a piece of its arguments was passed on. */
  streamed: boolean;
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
  readonly #calls = new Map<string, StartedCall>();
  /** Calls whose arguments come as a text that is no JSON, or that are not for us. */
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
    return [this.#start(id, textField(part, "toolName") ?? "")];
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
    const metadata = fieldOf(part, "providerMetadata");
    if (isRecord(metadata)) this.#listener.onCallMetadata(id, metadata);
    const input = fieldOf(part, "input");
    const written = typeof input === "string" ? input : JSON.stringify(input ?? {});
    const started = this.#calls.get(id);
    if (started) return started.streamed ? [] : [{ type: "tool-call", index: started.index, arguments: written }];
    return [{ ...this.#start(id, textField(part, "toolName") ?? ""), arguments: written }];
  }

  #start(id: string, name: string): ModelDelta & { type: "tool-call" } {
    const index = this.#calls.size;
    this.#calls.set(id, { index, streamed: false });
    return { type: "tool-call", index, id, name };
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
      { type: "finish", reason: this.#calls.size > 0 && named !== "length" ? "tool-calls" : named },
    ];
  }
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

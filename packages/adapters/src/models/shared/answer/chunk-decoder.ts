import type { FinishReason, ModelDelta, TokenUsage } from "@smoltools/core";
import { fieldOf, isRecord, textField } from "../../../shared/json-access.ts";
import { ToolCallAssembler } from "./tool-call-assembler.ts";

const finishReasons = new Map<string, FinishReason>([
  ["stop", "stop"],
  ["eos", "stop"],
  ["eos_token", "stop"],
  ["stop_sequence", "stop"],
  ["length", "length"],
  ["model_length", "length"],
  ["tool_calls", "tool-calls"],
  ["function_call", "tool-calls"],
  ["content_filter", "content-filter"],
]);

/**
 * Turns the chunks of an answer into deltas. A whole answer, as servers send it that do not stream, is one chunk.
 *
 * Source: https://platform.openai.com/docs/api-reference/chat/streaming; `reasoning_content` is DeepSeek's and
 * llama.cpp's name for what vLLM and Ollama call `reasoning`.
 */
export class ChunkDecoder {
  readonly #calls = new ToolCallAssembler();
  #usage: TokenUsage | undefined;
  #finishReason: FinishReason | undefined;
  #answered = false;

  /** True once the server said why the answer ended. */
  get finished(): boolean {
    return this.#finishReason !== undefined;
  }

  /** True once a chunk held a piece of an answer, be it an empty one. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Takes the next chunk. */
  push(chunk: unknown): ModelDelta[] {
    // Servers that report usage in each chunk report it from the beginning on: the last one counts.
    this.#usage = usageOf(fieldOf(chunk, "usage")) ?? this.#usage;
    const choice = firstChoice(fieldOf(chunk, "choices"));
    if (!choice) return [];
    this.#answered = true;
    const reason = textField(choice, "finish_reason");
    if (reason !== undefined) this.#finishReason ??= finishReasons.get(reason) ?? "other";
    return this.#deltasOf(choice.delta ?? choice.message);
  }

  /** The deltas that end a complete answer. */
  end(): ModelDelta[] {
    // Servers name a call of tools "stop" as well. Calls of an answer that was cut short stay as they came.
    const named = this.#finishReason ?? (this.#calls.count > 0 ? "tool-calls" : "other");
    const reason = named === "stop" && this.#calls.count > 0 ? "tool-calls" : named;
    return [
      ...(reason === "tool-calls" ? this.#calls.end() : []),
      ...(this.#usage ? [{ type: "usage", usage: this.#usage } as const] : []),
      { type: "finish", reason },
    ];
  }

  #deltasOf(delta: unknown): ModelDelta[] {
    const deltas: ModelDelta[] = [];
    const reasoning = textField(delta, "reasoning_content") ?? textField(delta, "reasoning");
    if (reasoning !== undefined) deltas.push({ type: "reasoning", text: reasoning });
    const text = contentText(fieldOf(delta, "content")) + (textField(delta, "refusal") ?? "");
    if (text !== "") deltas.push({ type: "text", text });
    const calls = fieldOf(delta, "tool_calls");
    const pieces: unknown[] = Array.isArray(calls) ? calls : isRecord(calls) ? [calls] : [];
    for (const [position, piece] of pieces.entries()) {
      const call = this.#calls.push(piece, pieces.length > 1 ? position : undefined);
      if (call) deltas.push(call);
    }
    return deltas;
  }
}

/** Only one choice is asked for; servers that send more are read for the first. */
function firstChoice(choices: unknown): Record<string, unknown> | undefined {
  if (!Array.isArray(choices)) return undefined;
  return choices.find((choice): choice is Record<string, unknown> => isRecord(choice) && !choice.index);
}

/** Content is a text; some servers send it as a list of parts. */
function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => textField(part, "text") ?? "").join("");
}

function usageOf(usage: unknown): TokenUsage | undefined {
  const inputTokens = fieldOf(usage, "prompt_tokens");
  const outputTokens = fieldOf(usage, "completion_tokens");
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens } : undefined;
}

function isCount(tokens: unknown): tokens is number {
  return Number.isInteger(tokens) && Number(tokens) >= 0;
}

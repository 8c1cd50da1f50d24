import type { ToolCallPart } from "../messages/message.ts";
import type { TokenUsage } from "../messages/token-usage.ts";
import type { FinishReason, ModelDelta } from "./model.ts";

/** A whole answer of a model. */
export interface ModelReply {
  text: string;
  reasoning: string;
  /** Native tool calls in the order of their index; `arguments` is the text as the model wrote it. */
  toolCalls: ToolCallPart[];
  usage?: TokenUsage;
  finishReason: FinishReason;
}

/** An answer in the making: feed it deltas, then read it. */
export class ReplyCollector {
  #text = "";
  #reasoning = "";
  #usage: TokenUsage | undefined;
  #finishReason: FinishReason = "other";
  readonly #calls = new Map<number, { id?: string; name: string; arguments: string }>();

  add(delta: ModelDelta): void {
    switch (delta.type) {
      case "text":
        this.#text += delta.text;
        break;
      case "reasoning":
        this.#reasoning += delta.text;
        break;
      case "usage":
        this.#usage = delta.usage;
        break;
      case "finish":
        this.#finishReason = delta.reason;
        break;
      case "tool-call": {
        const call = this.#calls.get(delta.index) ?? { name: "", arguments: "" };
        this.#calls.set(delta.index, call);
        if (delta.id !== undefined) call.id ??= delta.id;
        call.name += delta.name ?? "";
        call.arguments += delta.arguments ?? "";
        break;
      }
    }
  }

  reply(): ModelReply {
    const toolCalls = [...this.#calls]
      .sort(([a], [b]) => a - b)
      .map(([index, call]) => ({ id: call.id ?? `call_${index + 1}`, name: call.name, arguments: call.arguments }));
    return {
      text: this.#text,
      reasoning: this.#reasoning,
      toolCalls,
      finishReason: this.#finishReason,
      ...(this.#usage && { usage: this.#usage }),
    };
  }
}

/**
 * Reads a model's answer to its end.
 *
 * @param deltas - What `Model.stream` returned.
 */
export async function collectReply(deltas: AsyncIterable<ModelDelta>): Promise<ModelReply> {
  const collector = new ReplyCollector();
  for await (const delta of deltas) collector.add(delta);
  return collector.reply();
}

import { randomUUID } from "node:crypto";
import type { FinishReason, JsonValue, ModelDelta, TokenUsage } from "@smoltools/core";
import type { LlamaChatResponse, LlamaChatResponseChunk } from "node-llama-cpp";
import { fieldOf, parseJson } from "../../shared/json-access.ts";
import type { RequestPlan } from "./request-plan.ts";

type StopReason = LlamaChatResponse["metadata"]["stopReason"];

const finishReasons: Readonly<Record<StopReason, FinishReason>> = {
  eogToken: "stop",
  stopGenerationTrigger: "stop",
  customStopTrigger: "stop",
  functionCalls: "tool-calls",
  maxTokens: "length",
  abort: "other",
};

/** Turns what the model writes into deltas. */
export class AnswerWriter {
  readonly #plan: RequestPlan;
  readonly #emit: (delta: ModelDelta) => void;
  /** JSON that is passed on when it is whole. */
  #held = "";
  #calls = 0;

  constructor(plan: RequestPlan, emit: (delta: ModelDelta) => void) {
    this.#plan = plan;
    this.#emit = emit;
  }

  /** A piece of the answer, or of the thoughts before it. */
  chunk({ type, text }: LlamaChatResponseChunk): void {
    if (text === "") return;
    if (type === "segment") this.#emit({ type: "reasoning", text });
    else if (this.#holds()) this.#held += text;
    else this.#emit({ type: "text", text });
  }

  /** A call that the model wrote in the form that it was trained for. */
  call(name: string, params: unknown): void {
    if (this.#plan.kind !== "functions") return;
    // The parameters were read from JSON: `undefined` is how the library says that there were none.
    this.#emitCall(name, this.#plan.clean(name, (params ?? {}) as JsonValue));
  }

  /** The end of the answer. */
  end(stopReason: StopReason, usage: TokenUsage): void {
    this.#release();
    this.#emit({ type: "usage", usage });
    this.#emit({ type: "finish", reason: this.#calls > 0 ? "tool-calls" : finishReasons[stopReason] });
  }

  #holds(): boolean {
    return this.#plan.kind === "call" || (this.#plan.kind === "json" && this.#plan.clean !== undefined);
  }

  #release(): void {
    if (this.#held === "") return;
    const value = parseJson(this.#held) as JsonValue | undefined;
    if (this.#plan.kind === "call") {
      const name = fieldOf(value, "name");
      const input = fieldOf(value, "arguments") as JsonValue | undefined;
      // Half a call is of no use: an answer that was cut short ends without one.
      if (typeof name === "string" && input !== undefined) this.#emitCall(name, this.#plan.clean(name, input));
    } else if (this.#plan.kind === "json") {
      const { clean } = this.#plan;
      this.#emit({ type: "text", text: value === undefined || !clean ? this.#held : JSON.stringify(clean(value)) });
    }
  }

  #emitCall(name: string, input: JsonValue): void {
    const index = this.#calls++;
    const id = `call_${randomUUID()}`;
    this.#emit({ type: "tool-call", index, id, name, arguments: JSON.stringify(input) });
  }
}

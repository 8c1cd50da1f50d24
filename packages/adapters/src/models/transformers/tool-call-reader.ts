import { randomUUID } from "node:crypto";
import type { ModelDelta } from "@smoltools/core";
import { heldEnd } from "../shared/answer/held-end.ts";
import { fieldOf, parseJson, textField } from "../../shared/json-access.ts";
import type { ToolFormat } from "./tool-format.ts";

const endTag = "</tool_call>";

/** What Llama 3 may write before a call that is its whole answer. */
const pythonTag = "<|python_tag|>";

/**
 * Tells tool calls from text, as it comes in. A call is passed on when it is whole; what begins as one and is none is
 * passed on as the text that it is.
 */
export class ToolCallReader {
  readonly #format: ToolFormat;
  #held = "";
  /** True within what may be a call. */
  #within = false;
  /** True once text was passed on: a bare call is the whole answer or none. */
  #begun = false;
  #calls = 0;

  constructor(format: ToolFormat) {
    this.#format = format;
  }

  /** How many calls were passed on. */
  get count(): number {
    return this.#calls;
  }

  /** Takes the next piece. */
  push(text: string): ModelDelta[] {
    this.#held += text;
    return this.#format.kind === "bare" ? this.#pushBare() : this.#pushMarked();
  }

  /** The rest: no more of the answer will come. */
  end(): ModelDelta[] {
    const rest = this.#held;
    this.#held = "";
    if (!this.#within) return this.#text(rest);
    this.#within = false;
    // A model that ends right after the JSON, without the tag, has written a call all the same.
    return this.#callsOf(rest) ?? this.#text(rest);
  }

  #pushBare(): ModelDelta[] {
    if (this.#within) return [];
    const begun = this.#held.trimStart();
    if (begun === "" || pythonTag.startsWith(begun)) return [];
    if (!this.#begun && (begun.startsWith("{") || begun.startsWith(pythonTag))) {
      this.#within = true;
      return [];
    }
    return this.#text(this.#take(this.#held.length));
  }

  #pushMarked(): ModelDelta[] {
    const { mark } = this.#format;
    const deltas: ModelDelta[] = [];
    for (;;) {
      if (!this.#within) {
        const start = this.#held.indexOf(mark);
        const free = start === -1 ? this.#held.length - heldEnd(this.#held, [mark]) : start;
        deltas.push(...this.#text(this.#take(free)));
        if (start === -1) return deltas;
        this.#within = true;
      }
      // A list of calls is the end of the answer.
      const end = this.#format.kind === "tagged" ? this.#held.indexOf(endTag) : -1;
      if (end === -1) return deltas;
      const whole = this.#take(end + endTag.length);
      this.#within = false;
      deltas.push(...(this.#callsOf(whole) ?? this.#text(whole)));
    }
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return taken;
  }

  /** White space alone stands between calls, and is the template's. */
  #text(text: string): ModelDelta[] {
    if (text === "" || (this.#calls > 0 && text.trim() === "")) return [];
    this.#begun = true;
    return [{ type: "text", text }];
  }

  /** The calls in a text; `undefined` when it is something else. */
  #callsOf(text: string): ModelDelta[] | undefined {
    const { kind, mark, argumentsKey } = this.#format;
    const json = text
      .trim()
      .replace(kind === "bare" ? pythonTag : mark, "")
      .replace(endTag, "");
    const value = parseJson(json);
    const calls = (Array.isArray(value) ? value : [value]).map((call: unknown) => ({
      name: textField(call, "name"),
      input: fieldOf(call, argumentsKey) ?? fieldOf(call, argumentsKey === "arguments" ? "parameters" : "arguments"),
    }));
    if (calls.length === 0 || calls.some(({ name, input }) => name === undefined || input === undefined)) {
      return undefined;
    }
    return calls.map(({ name = "", input }) => ({
      type: "tool-call",
      index: this.#calls++,
      id: `call_${randomUUID()}`,
      name,
      arguments: typeof input === "string" ? input : JSON.stringify(input),
    }));
  }
}

import type { ModelDelta } from "@smoltools/core";
import { fieldOf, isRecord, parseJson, textField } from "../../../shared/json-access.ts";

type ToolCallDelta = Extract<ModelDelta, { type: "tool-call" }>;

interface Call {
  /** Its place among the calls of the answer: what the deltas are marked with. */
  readonly index: number;
  /** The place that the server gave it; servers repeat it for several calls. */
  readonly wireIndex: number | undefined;
  /** The id as the server wrote it. */
  wireId: string | undefined;
  name: string;
  arguments: string;
}

/**
 * Sorts the pieces of an answer's tool calls by the call they belong to.
 *
 * The protocol marks them with an index, but servers leave it out, give it as 0 to every call, change the id from
 * piece to piece, repeat the name in each piece or send whole calls at once. What decides here is, in this order: an
 * id that is known, an unknown id together with a name (a new call), the index, the call that came last.
 */
export class ToolCallAssembler {
  readonly #calls: Call[] = [];
  /** The last call of each place. */
  readonly #byWireIndex = new Map<number | undefined, Call>();
  /** The last call of each id, and how many have it. */
  readonly #byWireId = new Map<string, { call: Call; count: number }>();

  /** How many calls have begun. */
  get count(): number {
    return this.#calls.length;
  }

  /**
   * Takes one element of `tool_calls`.
   *
   * @param piece - The element.
   * @param position - Its place in the list, which tells calls apart that come together and have no index.
   * @returns The delta that it makes; `undefined` when it says nothing new.
   */
  push(piece: unknown, position?: number): ToolCallDelta | undefined {
    const called = fieldOf(piece, "function");
    const name = textField(called, "name");
    const args = argumentsText(fieldOf(called, "arguments"));
    const wireId = textField(piece, "id");
    const wireIndex = indexOf(piece) ?? indexOf(called) ?? position;

    const known = this.#callOf(wireId, wireIndex, name, args);
    const call = known ?? this.#begin(wireIndex);
    const delta: ToolCallDelta = { type: "tool-call", index: call.index };
    if (wireId !== undefined && (!known || call.wireId === undefined)) {
      delta.id = this.#take(wireId, call);
    }
    // A further name goes on with the first, until the arguments begin; the same name again says nothing new.
    if (name !== undefined && (call.name === "" || (call.arguments === "" && call.name !== name))) {
      delta.name = name;
      call.name += name;
    }
    if (args !== "") {
      delta.arguments = args;
      call.arguments += args;
    }
    return delta.id === undefined && delta.name === undefined && args === "" ? undefined : delta;
  }

  /** The deltas that complete the calls: a call without arguments is one with no arguments, `{}`. */
  end(): ToolCallDelta[] {
    return this.#calls
      .filter((call) => call.arguments.trim() === "")
      .map((call) => ({ type: "tool-call", index: call.index, arguments: "{}" }));
  }

  #begin(wireIndex: number | undefined): Call {
    const call: Call = { index: this.#calls.length, wireIndex, wireId: undefined, name: "", arguments: "" };
    this.#calls.push(call);
    this.#byWireIndex.set(wireIndex, call);
    return call;
  }

  /** The call that a piece goes on with; `undefined` when it begins one. */
  #callOf(
    wireId: string | undefined,
    wireIndex: number | undefined,
    name: string | undefined,
    args: string,
  ): Call | undefined {
    const sameId = wireId === undefined ? undefined : this.#byWireId.get(wireId)?.call;
    const sameIndex = wireIndex === undefined ? this.#calls.at(-1) : this.#byWireIndex.get(wireIndex);
    const call = sameId ?? sameIndex;
    if (!call || name === undefined) return call;

    // A piece with a name begins a call, or says the name of its call again.
    if (args !== "" && isComplete(call.arguments)) return undefined;
    if (sameId) return wireIndex === undefined || wireIndex === sameId.wireIndex ? sameId : undefined;
    if (wireId === undefined) return name !== call.name && isComplete(call.arguments) ? undefined : call;
    const awaitsId = call.wireId === undefined && call.arguments === "";
    return awaitsId && (call.name === "" || call.name === name) ? call : undefined;
  }

  /** Gives a call its id. Two calls with one id could not be answered apart. */
  #take(wireId: string, own: Call): string {
    const last = this.#byWireId.get(wireId);
    const count = (last?.count ?? 0) + 1;
    this.#byWireId.set(wireId, { call: last && last.call.index > own.index ? last.call : own, count });
    own.wireId = wireId;
    return count === 1 ? wireId : `${wireId}_${count}`;
  }
}

function indexOf(value: unknown): number | undefined {
  const index = fieldOf(value, "index");
  return typeof index === "number" ? index : undefined;
}

/** Arguments as the text they are by the protocol; some servers send the object itself. */
function argumentsText(value: unknown): string {
  if (typeof value === "string") return value;
  return isRecord(value) ? JSON.stringify(value) : "";
}

function isComplete(json: string): boolean {
  return json.trimEnd().endsWith("}") && isRecord(parseJson(json));
}

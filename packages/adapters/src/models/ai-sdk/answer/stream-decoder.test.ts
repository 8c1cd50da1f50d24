import { collectReply, type ModelDelta } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { CallErrors } from "./call-errors.ts";
import { StreamDecoder } from "./stream-decoder.ts";

const finish = (unified: string): object => ({ type: "finish", finishReason: { unified } });
const whole = (name: string, input: string): object => ({
  type: "tool-call",
  toolCallId: "a",
  toolName: name,
  input,
  providerMetadata: { name },
});
const streamed = (name: string, input: string): object[] => [
  { type: "tool-input-start", id: "a", toolName: name },
  { type: "tool-input-delta", id: "a", delta: input },
  whole(name, input),
];

async function decode(...parts: object[]) {
  const metadata: Record<string, unknown> = {};
  const decoder = new StreamDecoder(new CallErrors("m"), {
    onCallMetadata: (id, value) => (metadata[id] = value),
    onWarning: () => undefined,
  });
  async function* deltas(): AsyncGenerator<ModelDelta> {
    for (const part of parts) yield* decoder.push(part);
  }
  return { ...(await collectReply(deltas())), metadata };
}

describe("StreamDecoder", () => {
  it.each([
    ["whole", [whole("f", '{"x":1}'), whole("g", '{"y":2}')]],
    ["in pieces", [...streamed("f", '{"x":1}'), ...streamed("g", '{"y":2}')]],
  ])("tells calls of one id apart that come %s", async (_, parts) => {
    const { toolCalls, metadata } = await decode(...parts, finish("tool-calls"));
    expect(toolCalls).toEqual([
      { id: "a", name: "f", arguments: '{"x":1}' },
      { id: "a_2", name: "g", arguments: '{"y":2}' },
    ]);
    expect(metadata).toEqual({ a: { name: "f" }, a_2: { name: "g" } });
  });

  it.each([
    ["at once", [whole("f", "")]],
    ["after their beginning", [{ type: "tool-input-start", id: "a", toolName: "f" }, whole("f", "")]],
  ])("takes empty arguments that come %s for none", async (_, parts) => {
    expect((await decode(...parts, finish("tool-calls"))).toolCalls).toEqual([{ id: "a", name: "f", arguments: "{}" }]);
  });

  it.each([
    ["stop", "tool-calls"],
    ["other", "tool-calls"],
    ["tool-calls", "tool-calls"],
    ["length", "length"],
    ["content-filter", "content-filter"],
  ])("an answer with a call that ends by %s ended by %s", async (unified, reason) => {
    expect((await decode(whole("f", "{}"), finish(unified))).finishReason).toBe(reason);
  });
});

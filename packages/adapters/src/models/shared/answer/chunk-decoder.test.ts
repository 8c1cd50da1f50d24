import type { FinishReason } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { ChunkDecoder } from "./chunk-decoder.ts";

const chunk = (delta: unknown, finish: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason: finish }],
});
const toolCall = { tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: '{"x":' } }] };

describe("ChunkDecoder", () => {
  it.each<[string, string | null, FinishReason]>([
    ["stop", "stop", "stop"],
    ["length", "length", "length"],
    ["content_filter", "content_filter", "content-filter"],
    ["tool_calls", "tool_calls", "tool-calls"],
    ["an unknown reason", "insufficient_system_resource", "other"],
    ["none", null, "other"],
  ])("names the finish reason of %s", (_, wire, reason) => {
    const decoder = new ChunkDecoder();
    decoder.push(chunk({ content: "a" }, wire));
    expect(decoder.end()).toEqual([{ type: "finish", reason }]);
  });

  it.each<[string | null, FinishReason]>([
    ["stop", "tool-calls"],
    [null, "tool-calls"],
    ["length", "length"],
    ["content_filter", "content-filter"],
  ])("names the finish reason of an answer with tool calls that ends with %s", (wire, reason) => {
    const decoder = new ChunkDecoder();
    decoder.push(chunk(toolCall, wire));
    expect(decoder.end().at(-1)).toEqual({ type: "finish", reason });
  });

  it("keeps the first finish reason", () => {
    const decoder = new ChunkDecoder();
    decoder.push(chunk({}, "length"));
    decoder.push(chunk({}, "stop"));
    expect(decoder.end()).toEqual([{ type: "finish", reason: "length" }]);
  });

  it("does not complete a call that was cut short before its arguments", () => {
    const decoder = new ChunkDecoder();
    decoder.push(chunk({ tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: "" } }] }, "length"));
    expect(decoder.end()).toEqual([{ type: "finish", reason: "length" }]);
  });

  it("reports usage once, the last that came", () => {
    const decoder = new ChunkDecoder();
    const deltas = [1, 2, 3].flatMap((count) =>
      decoder.push({ ...chunk({ content: "a" }), usage: { prompt_tokens: 5, completion_tokens: count } }),
    );
    expect(deltas.map(({ type }) => type)).toEqual(["text", "text", "text"]);
    expect(decoder.end()[0]).toEqual({ type: "usage", usage: { inputTokens: 5, outputTokens: 3 } });
  });

  it("takes reasoning once where it comes under both of its names", () => {
    const deltas = new ChunkDecoder().push(chunk({ reasoning: "hm", reasoning_content: "hm", content: null }));
    expect(deltas).toEqual([{ type: "reasoning", text: "hm" }]);
  });

  it("reads content that comes as a list of parts", () => {
    const deltas = new ChunkDecoder().push(
      chunk({
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      }),
    );
    expect(deltas).toEqual([{ type: "text", text: "ab" }]);
  });

  it("tells calls apart that come together without any mark", () => {
    const decoder = new ChunkDecoder();
    const both = (first: object, second: object) =>
      decoder.push(chunk({ tool_calls: [{ function: first }, { function: second }] }));
    expect(both({ name: "f" }, { name: "g" })).toMatchObject([{ index: 0 }, { index: 1 }]);
    expect(both({ arguments: "1" }, { arguments: "2" })).toMatchObject([
      { index: 0, arguments: "1" },
      { index: 1, arguments: "2" },
    ]);
  });

  it("reads the first choice only", () => {
    const decoder = new ChunkDecoder();
    const choices = [1, 0].map((index) => ({ index, delta: { content: `choice ${index}` }, finish_reason: null }));
    expect(decoder.push({ choices })).toEqual([{ type: "text", text: "choice 0" }]);
  });

  it.each<[string, unknown]>([
    ["no choices", {}],
    ["choices that are null", { choices: null }],
    ["a choice that is null", { choices: [null] }],
    ["a delta that is null", chunk(null)],
    ["a delta that is a text", chunk("hello")],
    ["tool calls that are null", chunk({ tool_calls: null })],
    ["empty texts", chunk({ content: "", reasoning: "" })],
    ["usage without numbers", { choices: [], usage: { prompt_tokens: "5" } }],
    ["a number", 7],
  ])("makes no delta of a chunk with %s", (_, value) => {
    expect(new ChunkDecoder().push(value)).toEqual([]);
  });

  it.each([
    [-1, 5],
    [5, 1.5],
    ["5", 5],
    [5, undefined],
  ])("takes %j and %j tokens for no usage", (prompt_tokens, completion_tokens) => {
    const decoder = new ChunkDecoder();
    decoder.push({ choices: [{ delta: { content: "a" }, finish_reason: "stop" }] });
    decoder.push({ choices: [], usage: { prompt_tokens, completion_tokens } });
    expect(decoder.end()).toEqual([{ type: "finish", reason: "stop" }]);
  });
});

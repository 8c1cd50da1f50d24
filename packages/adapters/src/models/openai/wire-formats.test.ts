import { collectReply, type ModelDelta, type ModelReply, textMessage } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OpenAIModel } from "./openai-model.ts";
import { body, events } from "../shared/test-server/answers.ts";
import { type Answerer, ChatServer } from "../shared/test-server/chat-server.ts";
import { fixture } from "../shared/test-server/fixture.ts";
import { readAll } from "../shared/test-server/read-all.ts";

const request = { messages: [textMessage("user", "hi")] };

async function replyOf(answerer: Answerer): Promise<ModelReply> {
  await using server = await ChatServer.start(answerer);
  return await collectReply(new OpenAIModel({ model: "m", baseUrl: server.baseUrl }).stream(request));
}

const none = { text: "", reasoning: "", toolCalls: [] };
const usage = (inputTokens: number, outputTokens: number) => ({ usage: { inputTokens, outputTokens } });
const call = (id: string, name: string, args: string) => ({ id, name, arguments: args });

const replies: [string, ModelReply][] = [
  [
    "openai-text.sse",
    { ...none, ...usage(19, 9), text: "The Liffey flows through Dublin – “An Life” 🌊.", finishReason: "stop" },
  ],
  [
    "openai-tool-fragments.sse",
    {
      ...none,
      ...usage(63, 17),
      toolCalls: [call("call_vN4x", "get_weather", '{"city":"Dublin","days":3}')],
      finishReason: "tool-calls",
    },
  ],
  [
    "openai-parallel-tools.sse",
    {
      ...none,
      ...usage(94, 42),
      toolCalls: [
        call("call_aa01", "get_weather", '{"city": "Cork"}'),
        call("call_bb02", "get_time", '{"zone": "Europe/Dublin"}'),
      ],
      finishReason: "tool-calls",
    },
  ],
  ["openai-refusal.sse", { ...none, text: "I can't help with that.", finishReason: "stop" }],
  [
    "vllm-reasoning.sse",
    { ...none, ...usage(24, 31), reasoning: "9.11 has fewer tenths.", text: "9.8 is greater.", finishReason: "stop" },
  ],
  [
    "vllm-reused-index.sse",
    {
      ...none,
      ...usage(80, 40),
      toolCalls: [
        call("chatcmpl-tool-c9ZC", "get_weather", '{"city": "Cork"}'),
        call("chatcmpl-tool-HfzZ", "get_weather", '{"city": "Tralee"}'),
      ],
      finishReason: "tool-calls",
    },
  ],
  [
    "vllm-changing-ids.sse",
    {
      ...none,
      ...usage(40, 12),
      toolCalls: [call("functions.read:0", "read", '{"path":"README.md"}')],
      finishReason: "tool-calls",
    },
  ],
  ["ollama-text.sse", { ...none, ...usage(12, 6), reasoning: "A greeting.", text: "Dia duit!", finishReason: "stop" }],
  [
    "ollama-parallel-tools.sse",
    {
      ...none,
      ...usage(210, 58),
      toolCalls: [
        call("call_h1x2", "file_write", '{"path":"hello.py"}'),
        call("call_w3y4", "file_write", '{"path":"world.py"}'),
        call("call_l5z6", "list_files", "{}"),
      ],
      finishReason: "tool-calls",
    },
  ],
  [
    "llamacpp-reasoning.sse",
    { ...none, ...usage(10, 5), reasoning: "It is small.", text: "Yes, it is.", finishReason: "stop" },
  ],
  [
    "llamacpp-tools.sse",
    {
      ...none,
      ...usage(150, 20),
      toolCalls: [call("vY9a", "get_weather", '{"city":"Ennis"}')],
      finishReason: "tool-calls",
    },
  ],
  ["hf-router-text.sse", { ...none, ...usage(8, 4), text: "Slán abhaile", finishReason: "stop" }],
  ["deepseek-keep-alive.sse", { ...none, ...usage(9, 7), reasoning: "Short.", text: "Done", finishReason: "stop" }],
];

describe("answers of", () => {
  it.each(replies)("%s are read", async (name, reply) => {
    expect(await replyOf(events(fixture(name)))).toEqual(reply);
  });

  it.each(replies)("%s are read with CRLF line ends", async (name, reply) => {
    expect(await replyOf(events(fixture(name).replaceAll("\n", "\r\n")))).toEqual(reply);
  });

  it("a server that does not stream are read", async () => {
    expect(await replyOf(body(200, fixture("openai-completion.json")))).toEqual({
      ...none,
      ...usage(71, 33),
      text: "Both are asked.",
      toolCalls: [
        call("call_p1", "get_weather", '{"city":"Galway"}'),
        call("call_p2", "get_weather", '{"city":"Sligo"}'),
      ],
      finishReason: "tool-calls",
    });
  });

  it("a server that calls its stream plain text are read", async () => {
    const answerer = body(200, fixture("openai-text.sse"), { "content-type": "text/plain" });
    expect(await replyOf(answerer)).toEqual(replies[0]?.[1]);
  });

  it("a relay that sends its signs of life as data are read", async () => {
    const noisy = `data:\n\ndata: : keep-alive\n\n${fixture("openai-text.sse")}`;
    expect(await replyOf(events(noisy))).toEqual(replies[0]?.[1]);
  });

  it("a stream without a last mark are complete after their finish reason", async () => {
    const unmarked = fixture("openai-text.sse").replace("data: [DONE]\n\n", "");
    expect(await replyOf(events(unmarked))).toEqual(replies[0]?.[1]);
  });

  it("a stream without a finish reason are complete after their last mark", async () => {
    const unfinished = fixture("openai-text.sse").replace('"finish_reason":"stop"', '"finish_reason":null');
    expect(await replyOf(events(unfinished))).toEqual({ ...replies[0]?.[1], finishReason: "other" });
  });
});

describe("the deltas of an answer", () => {
  /** The deltas of a body that arrives in pieces, without a network between. */
  async function deltasOf(pieces: readonly Uint8Array[]): Promise<ModelDelta[]> {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    const model = new OpenAIModel({ model: "m", fetch: async () => new Response(body) });
    return readAll(model.stream({ ...request, stop: ["Galway", "flows through"] }));
  }

  it.each(replies)("%s are the same in whatever pieces of bytes it arrives", async (name) => {
    const bytes = new TextEncoder().encode(fixture(name));
    const whole = await deltasOf([bytes]);
    expect(whole.length).toBeGreaterThan(1);
    const cuts = fc.array(fc.nat({ max: bytes.length }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const sorted = [0, ...places, bytes.length].sort((a, b) => a - b);
        const pieces = sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
        expect(await deltasOf(pieces)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it("are the same when each byte arrives alone", async () => {
    const bytes = new TextEncoder().encode(fixture("openai-text.sse"));
    expect(await deltasOf(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(await deltasOf([bytes]));
  });
});

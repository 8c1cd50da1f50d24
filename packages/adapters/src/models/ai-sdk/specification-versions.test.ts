import { collectReply, type Message, type ModelRequest, textMessage } from "@smoltools/core";
import { convertArrayToReadableStream, MockLanguageModelV3, MockLanguageModelV4 } from "ai/test";
import { describe, expect, it } from "vitest";
import { AiSdkModel } from "./ai-sdk-model.ts";
import type { AiSdkCallOptions, AiSdkLanguageModel } from "./language-model.ts";

const total = (count: number) => ({
  total: count,
  noCache: count,
  cacheRead: 0,
  cacheWrite: 0,
  text: count,
  reasoning: 0,
});
const later = { usage: { inputTokens: total(3), outputTokens: total(2) }, finishReason: { unified: "stop", raw: "x" } };
const ends: Readonly<Record<string, unknown>> = {
  v2: { usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 }, finishReason: "stop" },
  v3: later,
  v4: later,
};
/** The AI SDK has no mock of version 2 any more. */
class MockLanguageModelV2 implements AiSdkLanguageModel {
  readonly specificationVersion = "v2";
  readonly provider = "p";
  readonly modelId = "m";
  readonly doStreamCalls: AiSdkCallOptions[] = [];
  readonly #doStream: AiSdkLanguageModel["doStream"];

  constructor({ doStream }: Pick<AiSdkLanguageModel, "doStream">) {
    this.#doStream = doStream;
  }

  doStream(options: AiSdkCallOptions): ReturnType<AiSdkLanguageModel["doStream"]> {
    this.doStreamCalls.push(options);
    return this.#doStream(options);
  }
}

const mocks: Readonly<Record<string, new (settings: never) => AiSdkLanguageModel & { doStreamCalls: unknown[] }>> = {
  v2: MockLanguageModelV2,
  v3: MockLanguageModelV3,
  v4: MockLanguageModelV4,
};

function mock(version: string, ...parts: unknown[]) {
  const Mock = mocks[version];
  if (!Mock) throw new Error(`no mock of ${version}`);
  const finish = { type: "finish", ...(ends[version] as object) };
  const stream = (): unknown => convertArrayToReadableStream([...parts, finish]);
  return new Mock({ modelId: "m", provider: "p", doStream: async () => ({ stream: stream() }) } as never);
}

const image = { type: "image", mediaType: "image/png", data: "aGk=" } as const;
const linked = { type: "image", mediaType: "image/png", url: "https://example.org/i.png" } as const;
const call = { id: "a", name: "f", arguments: '{"x":1}' };

async function promptOf(version: string, messages: Message[]): Promise<unknown> {
  const languageModel = mock(version);
  await collectReply(new AiSdkModel(languageModel).stream({ messages }));
  return (languageModel.doStreamCalls[0] as { prompt: unknown }).prompt;
}

describe.each(["v2", "v3", "v4"])("a language model of version %s", (version) => {
  it("tells texts, usage and the end", async () => {
    const text = [
      { type: "stream-start", warnings: [] },
      { type: "text-start", id: "0" },
      { type: "text-delta", id: "0", delta: "hello" },
      { type: "text-end", id: "0" },
    ];
    expect(await collectReply(new AiSdkModel(mock(version, ...text)).stream({ messages: [] }))).toEqual({
      text: "hello",
      reasoning: "",
      toolCalls: [],
      usage: { inputTokens: 3, outputTokens: 2 },
      finishReason: "stop",
    });
  });

  it("is sent images as it takes them (case 55)", async () => {
    const messages: Message[] = [{ role: "user", content: [{ type: "text", text: "see" }, image, linked] }];
    const url = new URL("https://example.org/i.png");
    expect(await promptOf(version, messages)).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "see" },
          { type: "file", mediaType: "image/png", data: version === "v4" ? { type: "data", data: "aGk=" } : "aGk=" },
          { type: "file", mediaType: "image/png", data: version === "v4" ? { type: "url", url } : url },
        ],
      },
    ]);
  });

  it("is sent calls and their results, and the images of those behind them", async () => {
    const messages: Message[] = [
      { role: "assistant", content: [{ type: "text", text: "I look." }], toolCalls: [call, { ...call, id: "b" }] },
      { role: "tool", toolCallId: "a", content: [{ type: "text", text: "one" }, image] },
      { role: "tool", toolCallId: "b", content: [{ type: "text", text: "two" }] },
    ];
    const result = (toolCallId: string, value: string) => ({
      type: "tool-result",
      toolCallId,
      toolName: "f",
      output: { type: "text", value },
    });
    expect(await promptOf(version, messages)).toMatchObject([
      {
        role: "assistant",
        content: [
          { type: "text", text: "I look." },
          { type: "tool-call", toolCallId: "a", toolName: "f", input: { x: 1 } },
          { type: "tool-call", toolCallId: "b" },
        ],
      },
      { role: "tool", content: [result("a", "one"), result("b", "two")] },
      { role: "user", content: [{ type: "text", text: "Images from tool call a:" }, { type: "file" }] },
    ]);
  });
});

describe("what a language model is sent", () => {
  it.each([
    ["nothing", "", {}],
    ["an object that was cut short", '{"x', { invalid_arguments: '{"x' }],
    ["a list", "[1]", { invalid_arguments: "[1]" }],
  ])("of arguments that are %s is an object", async (_, written, input) => {
    const messages: Message[] = [{ role: "assistant", content: [], toolCalls: [{ ...call, arguments: written }] }];
    expect(await promptOf("v4", messages)).toMatchObject([{ content: [{ input }] }]);
  });

  it("holds no empty texts and messages", async () => {
    const messages = [textMessage("user", "a"), textMessage("assistant", ""), textMessage("user", "b")];
    expect(await promptOf("v4", messages)).toMatchObject([{ role: "user" }, { role: "user" }]);
  });

  it("is refused for an image without data and address", async () => {
    const bad = { type: "image", mediaType: "image/png", url: "i.png" } as const;
    const reply = promptOf("v4", [{ role: "user", content: [bad] }]);
    await expect(reply).rejects.toMatchObject({ code: "MODEL_BAD_REQUEST" });
  });

  it("holds what the provider said about its own calls", async () => {
    const providerMetadata = { google: { thoughtSignature: "s" } };
    const languageModel = mock("v4", {
      type: "tool-call",
      toolCallId: "a",
      toolName: "f",
      input: "{}",
      providerMetadata,
    });
    const model = new AiSdkModel(languageModel);
    const { toolCalls } = await collectReply(model.stream({ messages: [] }));
    await collectReply(model.stream({ messages: [{ role: "assistant", content: [], toolCalls }] }));
    expect(languageModel.doStreamCalls[1]).toMatchObject({
      prompt: [{ content: [{ type: "tool-call", providerOptions: providerMetadata }] }],
    });
  });
});

describe("what a language model answers", () => {
  const replyTo = (...parts: unknown[]) => collectReply(new AiSdkModel(mock("v4", ...parts)).stream({ messages: [] }));
  const start = { type: "tool-input-start", id: "a", toolName: "f" };
  const whole = { type: "tool-call", toolCallId: "a", toolName: "f", input: '{"x":1}' };

  it.each<[string, unknown[]]>([
    ["in one piece", [whole]],
    ["in pieces and then whole", [start, { type: "tool-input-delta", id: "a", delta: '{"x":1}' }, whole]],
    ["begun, and then whole", [start, whole]],
    [
      "as a text that is no JSON, and then whole",
      [{ ...start, inputEncoding: "text" }, { type: "tool-input-delta", id: "a", delta: "x" }, whole],
    ],
  ])("holds a call that comes %s once", async (_, parts) => {
    expect((await replyTo(...parts)).toolCalls).toEqual([{ id: "a", name: "f", arguments: '{"x":1}' }]);
  });

  it("holds no calls that the provider executes itself", async () => {
    const executed = { providerExecuted: true };
    const parts = [
      { ...start, ...executed },
      { type: "tool-input-delta", id: "a", delta: "{}" },
      { ...whole, ...executed },
    ];
    expect(await replyTo(...parts)).toMatchObject({ toolCalls: [], finishReason: "stop" });
  });

  it("is broken when it ends with an error", async () => {
    const finish = { ...later, type: "finish", finishReason: { unified: "error", raw: undefined } };
    await expect(replyTo(finish)).rejects.toMatchObject({ code: "MODEL_BROKEN_STREAM" });
  });

  it("is read to its end, so that its connection can be used again", async () => {
    const log: string[] = [];
    const parts: unknown[] = [{ ...later, type: "finish" }];
    const stream = new ReadableStream<unknown>(
      {
        pull(controller) {
          const part = parts.shift();
          log.push(part ? "a part" : "the end");
          if (part) controller.enqueue(part);
          else controller.close();
        },
        cancel: () => void log.push("cancelled"),
      },
      { highWaterMark: 0 },
    );
    const languageModel = { ...mock("v4"), modelId: "m", doStream: () => Promise.resolve({ stream }) };
    await collectReply(new AiSdkModel(languageModel).stream({ messages: [] }));
    expect(log).toEqual(["a part", "the end"]);
  });

  it("may hold warnings, which are told", async () => {
    const warnings = [{ type: "unsupported", feature: "temperature" }];
    const told: unknown[] = [];
    const request: ModelRequest = { messages: [], temperature: 1 };
    const languageModel = mock("v4", { type: "stream-start", warnings });
    await collectReply(new AiSdkModel(languageModel, { onWarning: (warning) => told.push(warning) }).stream(request));
    expect(told).toEqual(warnings);
  });
});

describe("what a language model throws", () => {
  it.each<[unknown, string]>([
    [Object.assign(new Error("no key"), { name: "AI_LoadAPIKeyError" }), "MODEL_UNAUTHORIZED"],
    [Object.assign(new Error("no files"), { name: "AI_UnsupportedFunctionalityError" }), "MODEL_BAD_REQUEST"],
    [Object.assign(new Error("not JSON"), { name: "AI_APICallError", statusCode: 200 }), "MODEL_BROKEN_STREAM"],
    [new TypeError("x is undefined"), "MODEL_UNAVAILABLE"],
    ["a text", "MODEL_UNAVAILABLE"],
  ])("%s is %s", async (thrown, code) => {
    const languageModel = new MockLanguageModelV4({ doStream: () => Promise.reject(thrown as Error) });
    const reply = collectReply(new AiSdkModel(languageModel, { retries: 0 }).stream({ messages: [] }));
    await expect(reply).rejects.toMatchObject({ code });
  });
});

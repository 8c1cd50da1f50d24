import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { collectReply, type ModelDelta, ModelError, type ModelRequest, textMessage } from "@smoltools/core";
import { testModel } from "@smoltools/core/testing";
import { inspect } from "node:util";
import { afterAll, describe, expect, it, vi } from "vitest";
import {
  body,
  chunkEvent,
  cutAfter,
  endEvents,
  events,
  silentAfter,
  textEvent,
} from "../shared/test-server/answers.ts";
import { type Answerer, ChatServer } from "../shared/test-server/chat-server.ts";
import { readAll } from "../shared/test-server/read-all.ts";
import { AiSdkModel } from "./ai-sdk-model.ts";
import type { AiSdkLanguageModel } from "./language-model.ts";
import type { AiSdkModelOptions } from "./options.ts";

/** The key that the provider sends. */
const testKey = "sk-secret-0123456789abcdef";

/** A model of a real provider of the AI SDK, and the server of this machine that it asks. */
async function serve(
  answerers: readonly Answerer[],
  options: AiSdkModelOptions = {},
  supportsStructuredOutputs = true,
) {
  const server = await ChatServer.start(...answerers);
  const provider = createOpenAICompatible({
    name: "loopback",
    baseURL: server.baseUrl,
    apiKey: testKey,
    includeUsage: true,
    supportsStructuredOutputs,
  });
  const model = new AiSdkModel(provider("some-model"), { maxRetryDelayMs: 1, ...options });
  return { server, model, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const request: ModelRequest = { messages: [textMessage("user", "hi")] };
const good = events(textEvent("fine"), endEvents);
const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 };
const usageEvent = `data: ${JSON.stringify({ choices: [], usage })}\n\n`;
const callEvents = [
  chunkEvent({ delta: { tool_calls: [{ index: 0, id: "a", function: { name: "get_weather", arguments: "" } }] } }),
  chunkEvent({ delta: { tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] } }),
  chunkEvent({ delta: { tool_calls: [{ index: 0, function: { arguments: '"Paris"}' } }] } }),
  chunkEvent({ delta: {}, finish_reason: "tool_calls" }),
];

/** Answers what the contract asks for. */
const anyAnswer: Answerer = (response, received) => {
  const { tools, messages } = received.body as { tools?: unknown; messages: unknown };
  if (tools) return events(...callEvents, "data: [DONE]\n\n")(response, received);
  const text = JSON.stringify(messages).includes("one to ten") ? "one two three four five" : JSON.stringify(messages);
  return events(textEvent(text.slice(0, 9)), textEvent(text.slice(9)), endEvents)(response, received);
};

async function failed(answerers: readonly Answerer[], options: AiSdkModelOptions = {}) {
  await using served = await serve(answerers, options);
  const deltas: ModelDelta[] = [];
  try {
    for await (const delta of served.model.stream(request)) deltas.push(delta);
  } catch (error) {
    if (error instanceof ModelError) return { error, deltas, requests: served.server.requests.length };
    throw error;
  }
  throw new Error("the call succeeded");
}

const contract = await serve([anyAnswer]);
afterAll(() => contract[Symbol.asyncDispose]());

describe("AiSdkModel with @ai-sdk/openai-compatible", () => {
  testModel({ model: contract.model, test: it });

  it("passes on texts as they come, the usage, and why the answer ended", async () => {
    const finish = chunkEvent({ delta: {}, finish_reason: "length" });
    await using served = await serve([events(textEvent("one "), textEvent("two"), finish, usageEvent)]);
    expect(await readAll(served.model.stream(request))).toEqual([
      { type: "text", text: "one " },
      { type: "text", text: "two" },
      { type: "usage", usage: { inputTokens: 7, outputTokens: 2 } },
      { type: "finish", reason: "length" },
    ]);
  });

  it("passes on thoughts", async () => {
    const thought = chunkEvent({ delta: { reasoning_content: "hm" } });
    await using served = await serve([events(thought, textEvent("yes"), endEvents)]);
    expect(await collectReply(served.model.stream(request))).toMatchObject({ reasoning: "hm", text: "yes" });
  });

  it("passes on the pieces of a call, and names its end", async () => {
    await using served = await serve([events(...callEvents, "data: [DONE]\n\n")]);
    const { toolCalls, finishReason } = await collectReply(served.model.stream(request));
    expect(toolCalls).toEqual([{ id: "a", name: "get_weather", arguments: '{"city":"Paris"}' }]);
    expect(finishReason).toBe("tool-calls");
  });

  it("sends all of a request, and headers and options of its own", async () => {
    await using served = await serve([good], {
      headers: { "x-team": "tools" },
      providerOptions: { loopback: { user: "ada" } },
      reasoning: "low",
      maxTokens: 5,
    });
    await readAll(
      served.model.stream({
        messages: [textMessage("system", "s"), textMessage("user", "u")],
        tools: [
          { name: "f", description: "d", inputSchema: { type: "object", properties: { x: { prefixItems: [true] } } } },
        ],
        toolChoice: { name: "f" },
        stop: ["END", ""],
        maxTokens: 9,
        temperature: 0.5,
      }),
    );
    const [received] = served.server.requests;
    expect(received?.headers["x-team"]).toBe("tools");
    expect(received?.body).toMatchObject({
      model: "some-model",
      stream: true,
      max_tokens: 9,
      temperature: 0.5,
      user: "ada",
      reasoning_effort: "low",
      stop: ["END"],
      messages: [
        { role: "system", content: "s" },
        { role: "user", content: "u" },
      ],
      tools: [
        {
          type: "function",
          function: {
            name: "f",
            description: "d",
            parameters: { type: "object", properties: { x: { items: [true] } } },
          },
        },
      ],
      tool_choice: { type: "function", function: { name: "f" } },
    });
  });

  it("asks for JSON of a schema", async () => {
    await using served = await serve([good]);
    const schema = { type: "object", properties: {} } as const;
    await readAll(served.model.stream({ ...request, responseFormat: { name: "n", schema } }));
    expect(served.server.requests[0]?.body).toMatchObject({
      response_format: { type: "json_schema", json_schema: { name: "n", schema } },
    });
  });

  it("refuses a schema where the provider says that it keeps to none (case 62)", async () => {
    await using served = await serve([good], {}, false);
    expect(served.model.supports).toEqual({ structuredOutput: false });
    const asked = { ...request, responseFormat: { name: "n", schema: { type: "object" } } } as const;
    await expect(readAll(served.model.stream(asked))).rejects.toMatchObject({ code: "MODEL_BAD_REQUEST" });
    expect(served.server.requests).toEqual([]);
  });

  it("cuts the text at a stop text that the provider sends on behind, and ends the request", async () => {
    await using served = await serve([silentAfter(textEvent("one tw"), textEvent("o three"))]);
    const reply = await collectReply(served.model.stream({ ...request, stop: ["two"] }));
    expect(reply).toMatchObject({ text: "one ", finishReason: "stop" });
    expect(await served.server.requests[0]?.done).toBe(false);
  });

  it("ends the request when its reader leaves", async () => {
    await using served = await serve([silentAfter(textEvent("one"))]);
    for await (const delta of served.model.stream(request)) {
      expect(delta).toEqual({ type: "text", text: "one" });
      break;
    }
    expect(await served.server.requests[0]?.done).toBe(false);
  });

  it("ends the request when it is aborted before the answer begins", async () => {
    await using served = await serve([() => undefined]);
    const controller = new AbortController();
    const reply = collectReply(served.model.stream(request, { signal: controller.signal }));
    await served.server.received(1);
    controller.abort(new Error("enough"));
    await expect(reply).rejects.toThrow("enough");
    expect(await served.server.requests[0]?.done).toBe(false);
  });
});

describe("a failure of the provider", () => {
  it.each<[number, string, string, number]>([
    [401, '{"error":{"message":"bad key"}}', "MODEL_UNAUTHORIZED", 1],
    [403, '{"error":{"message":"no"}}', "MODEL_UNAUTHORIZED", 1],
    [400, '{"error":{"message":"too long"}}', "MODEL_BAD_REQUEST", 1],
    [404, "", "MODEL_BAD_REQUEST", 1],
    [429, '{"error":{"message":"quota","code":"insufficient_quota"}}', "MODEL_RATE_LIMITED", 1],
    [429, '{"error":{"message":"slow down"}}', "MODEL_RATE_LIMITED", 3],
    [500, "", "MODEL_UNAVAILABLE", 3],
    [503, "<html>", "MODEL_UNAVAILABLE", 3],
  ])("%i %s is %s, after %4$i attempts", async (status, text, code, attempts) => {
    const { error, requests } = await failed([body(status, text)]);
    expect(error).toMatchObject({ code, data: { status } });
    expect(error.data.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions$/);
    expect(requests).toBe(attempts);
  });

  it("is mended by a further attempt", async () => {
    await using served = await serve([body(503, ""), good]);
    expect((await collectReply(served.model.stream(request))).text).toBe("fine");
  });

  it("waits as long as the provider asks for, and no longer than it may", async () => {
    await using served = await serve([body(429, "", { "retry-after": "3600" }), good], { maxRetryDelayMs: 5 });
    expect((await collectReply(served.model.stream(request))).text).toBe("fine");
  });

  it("is no connection where there is no server", async () => {
    const served = await serve([good], { retries: 0 });
    await served[Symbol.asyncDispose]();
    await expect(collectReply(served.model.stream(request))).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
  });

  it.each<[string, Answerer]>([
    ["an error within the answer", events(textEvent("be"), 'data: {"error":{"message":"overloaded","code":503}}\n\n')],
    ["an end before the end", events(textEvent("be"))],
    ["a connection that is cut", cutAfter(textEvent("be"))],
    ["what is no JSON", events(textEvent("be"), "data: {\n\n")],
  ])("in the midst of an answer is a broken stream: %s", async (_, answerer) => {
    const { error, deltas, requests } = await failed([answerer]);
    expect(error.code).toBe("MODEL_BROKEN_STREAM");
    expect(deltas).toEqual([{ type: "text", text: "be" }]);
    expect(requests).toBe(1);
  });

  it("quotes no key and no header, in the message and behind it", async () => {
    const leak = JSON.stringify({ error: { message: `bad key ${testKey} of token-of-the-team` } });
    const { error } = await failed([body(401, leak)], { headers: { "x-token": "token-of-the-team" } });
    expect(error.message).toContain("bad key [redacted] of [redacted]");
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(testKey);
  });

  it.each<["timeoutMs" | "idleTimeoutMs", Answerer]>([
    ["timeoutMs", () => undefined],
    ["idleTimeoutMs", silentAfter(textEvent("be"))],
  ])("is told as a timeout after %s", async (option, answerer) => {
    const { error } = await failed([answerer], { [option]: 50 });
    expect(error).toMatchObject({ code: "MODEL_TIMEOUT" });
    expect(error.message).toContain(option);
  });

  it("is an answer that is too large", async () => {
    const { error, deltas } = await failed([events(textEvent("1234"), textEvent("56789"))], { maxResponseBytes: 8 });
    expect(error.code).toBe("MODEL_RESPONSE_TOO_LARGE");
    expect(deltas).toHaveLength(1);
  });
});

describe("an error of a provider", () => {
  it.each<[string, unknown]>([
    ["an error", new Error(`Incorrect API key: ${testKey}`)],
    ["an object", { message: `Incorrect API key: ${testKey}` }],
    ["a text", `Incorrect API key: ${testKey}`],
  ])("has no key in its cause where it is %s", async (_, thrown) => {
    const languageModel = {
      specificationVersion: "v3",
      provider: "p",
      modelId: "m",
      doStream: () => Promise.reject(thrown),
    };
    const error: unknown = await collectReply(new AiSdkModel(languageModel).stream(request)).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "MODEL_UNAVAILABLE" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(testKey);
  });
});

describe("a program without Node's globals", () => {
  it("is answered, as in a browser", async () => {
    const parts = [
      { type: "text-delta", id: "1", delta: "fine" },
      { type: "finish", finishReason: "stop" },
    ];
    const languageModel: AiSdkLanguageModel = {
      specificationVersion: "v3",
      provider: "p",
      modelId: "m",
      doStream: async () => {
        const start = (controller: ReadableStreamDefaultController<unknown>): void => {
          for (const part of parts) controller.enqueue(part);
        };
        return { stream: new ReadableStream({ start }) };
      },
    };
    vi.stubGlobal("Buffer", undefined);
    vi.stubGlobal("process", undefined);
    const reply = await collectReply(new AiSdkModel(languageModel).stream(request));
    vi.unstubAllGlobals();
    expect(reply.text).toBe("fine");
  });
});

describe("a provider that does not heed its signal", () => {
  it("has its answer ended when it comes too late", async () => {
    let end: (how: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => (end = resolve));
    const languageModel = {
      specificationVersion: "v3",
      provider: "p",
      modelId: "m",
      doStream: async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return { stream: new ReadableStream({ cancel: () => end("cancelled") }) };
      },
    };
    const model = new AiSdkModel(languageModel, { timeoutMs: 5, retries: 0 });
    await expect(collectReply(model.stream(request))).rejects.toMatchObject({ code: "MODEL_TIMEOUT" });
    expect(await ended).toBe("cancelled");
  });
});

describe("options", () => {
  it("that are undefined are as if they were not given", async () => {
    const { server, model } = await serve([good], { timeoutMs: undefined } as object);
    await using _ = server;
    expect((await collectReply(model.stream(request))).text).toBe("fine");
  });

  it.each<[string, unknown, AiSdkModelOptions, string]>([
    ["a name instead of a model", "openai/gpt-5", {}, "languageModel"],
    ["a version that is not known", { specificationVersion: "v1", modelId: "m", provider: "p" }, {}, "languageModel"],
    ["no time", { specificationVersion: "v4", modelId: "m", provider: "p" }, { timeoutMs: 0 }, "timeoutMs"],
    ["a negative number of attempts", { specificationVersion: "v4", modelId: "m" }, { retries: -1 }, "retries"],
  ])("that cannot work are refused: %s", (_, languageModel, options, option) => {
    expect(() => new AiSdkModel(languageModel as AiSdkLanguageModel, options)).toThrow(
      expect.objectContaining({ code: "MODEL_OPTIONS_INVALID", data: { option } }),
    );
  });
});

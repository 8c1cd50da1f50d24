import { collectReply } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { OpenAIModel } from "./openai-model.ts";
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
import { failedCall, someRequest } from "./test-server/failed-call.ts";
import { fixture } from "../shared/test-server/fixture.ts";

const good = events(textEvent("fine"), endEvents);

describe("a refused request", () => {
  it.each<[string, number, string, string, string]>([
    ["the key", 401, fixture("openai-401.json"), "MODEL_UNAUTHORIZED", "Check the key for 127.0.0.1"],
    ["the key, in a text", 401, fixture("hf-router-401.json"), "MODEL_UNAUTHORIZED", "Invalid username or password."],
    ["the key, without a word", 403, "", "MODEL_UNAUTHORIZED", "(403). Check the key"],
    ["the model", 404, fixture("openai-404.json"), "MODEL_BAD_REQUEST", `/v1) end in /v1, and is the model's name "m"`],
    ["a model it does not have", 404, fixture("ollama-404.json"), "MODEL_BAD_REQUEST", "model 'qwen9' not found"],
    ["its length", 400, fixture("vllm-400.json"), "MODEL_BAD_REQUEST", "maximum context length is 4096 tokens"],
    ["want of credit", 402, '{"error":"You have no credit."}', "MODEL_BAD_REQUEST", '(402): "You have no credit."'],
    ["its form", 422, '{"detail":"no"}', "MODEL_BAD_REQUEST", '"no"'],
    ["its quota", 429, fixture("openai-429-quota.json"), "MODEL_RATE_LIMITED", "Waiting does not help"],
    ["what it cannot do", 501, "", "MODEL_UNAVAILABLE", "(501)"],
  ])("for %s is not tried again", async (_, status, answer, code, text) => {
    const { error, server } = await failedCall([body(status, answer)]);
    expect(error).toMatchObject({ code, data: { status, url: `${server.baseUrl}/chat/completions` } });
    expect(error.message).toContain(text);
    expect(server.requests).toHaveLength(1);
  });

  it("for want of a key asks for one", async () => {
    const { error } = await failedCall([body(401, "{}")], { apiKey: undefined });
    expect(error.message).toContain("No apiKey was given");
  });

  it("with a redirect is not followed, and the key stays where it belongs", async () => {
    await using elsewhere = await ChatServer.start(good);
    const location = `${elsewhere.baseUrl}/chat/completions?token=hidden-value`;
    for (const status of [301, 302, 307, 308]) {
      const { error } = await failedCall([body(status, "", { location })]);
      expect(error.code).toBe("MODEL_BAD_REQUEST");
      expect(error.message).toContain(`to ${elsewhere.baseUrl}/chat/completions.`);
      expect(error.message).not.toContain("hidden-value");
    }
    expect(elsewhere.requests).toEqual([]);
  });
});

describe("a request that may succeed later", () => {
  it.each<[string, Answerer]>([
    ["408", body(408, "")],
    ["409", body(409, "")],
    ["429", body(429, fixture("openai-429.json"))],
    ["500", body(500, fixture("openai-500.json"))],
    ["502 with a page", body(502, fixture("proxy-502.html"), { "content-type": "text/html" })],
    ["503 of a server that loads its model", body(503, fixture("llamacpp-503.json"))],
    ["504", body(504, "")],
    ["a connection that is cut before the answer", (response) => void response.destroy()],
    ["a connection that is cut before the first delta", cutAfter(chunkEvent({ delta: { role: "assistant" } }))],
    ["a stream that ends before the first delta", events(": comment\n\n")],
    ["an error with status 200", body(200, '{"error":{"message":"overloaded","code":503}}')],
    ["an error as the first event", events('data: {"error":{"message":"overloaded","code":529}}\n\n')],
  ])("is tried again after %s", async (_, answerer) => {
    await using server = await ChatServer.start(answerer, answerer, good);
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, maxRetryDelayMs: 1 });
    expect((await collectReply(model.stream(someRequest))).text).toBe("fine");
    expect(server.requests).toHaveLength(3);
  });

  it.each<[number, string, string]>([
    [500, "MODEL_UNAVAILABLE", "The server had an error while processing your request."],
    [429, "MODEL_RATE_LIMITED", "Set requestsPerMinute"],
  ])("fails with %i after the last attempt", async (status, code, text) => {
    const { error, server } = await failedCall([body(status, fixture("openai-500.json"))]);
    expect(error).toMatchObject({ code, data: { status } });
    expect(error.message).toContain(text);
    expect(error.message).toContain("after 3 attempts");
    expect(server.requests).toHaveLength(3);
  });

  it("names a proxy's page by its title", async () => {
    const { error } = await failedCall([body(502, fixture("proxy-502.html"))], { retries: 0 });
    expect(error.message).toContain('an HTML page, "502 Bad Gateway"');
    expect(error.message).not.toContain("<");
  });

  it("is tried once where no retries are wanted", async () => {
    const { error, server } = await failedCall([body(500, "")], { retries: 0 });
    expect(error.message).not.toContain("attempts");
    expect(server.requests).toHaveLength(1);
  });

  it("waits as long as Retry-After asks", async () => {
    await using server = await ChatServer.start(body(429, "{}", { "retry-after-ms": "60" }), good);
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl });
    const begun = performance.now();
    await collectReply(model.stream(someRequest));
    expect((server.requests[1]?.at ?? 0) - begun).toBeGreaterThanOrEqual(58);
  });

  it("does not wait longer than maxRetryDelayMs, whatever Retry-After asks", async () => {
    await using server = await ChatServer.start(body(429, "{}", { "retry-after": "3600" }), good);
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, maxRetryDelayMs: 5 });
    expect((await collectReply(model.stream(someRequest))).text).toBe("fine");
  });

  it("asks for the key anew", async () => {
    await using server = await ChatServer.start(body(500, ""), good);
    const keys = ["first-key-123", "second-key-456"];
    const model = new OpenAIModel({
      model: "m",
      baseUrl: server.baseUrl,
      maxRetryDelayMs: 1,
      apiKey: async () => keys.shift() ?? "",
    });
    await collectReply(model.stream(someRequest));
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer first-key-123",
      "Bearer second-key-456",
    ]);
  });
});

describe("a server that is not there", () => {
  /** An address of the loopback interface at which nobody listens. */
  async function freeAddress(): Promise<string> {
    await using server = await ChatServer.start(good);
    return server.baseUrl;
  }

  it("is named, with the question whether it runs", async () => {
    const { error } = await failedCall([good], { baseUrl: await freeAddress() });
    expect(error).toMatchObject({ code: "MODEL_UNAVAILABLE" });
    expect(error.message).toMatch(/Could not reach 127\.0\.0\.1:\d+: .*ECONNREFUSED/);
    expect(error.message).toContain("Is the server running?");
  });

  it("is named with the command that starts it, at the port of Ollama", async () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:11434"), { code: "ECONNREFUSED" });
    const { error } = await failedCall([good], {
      baseUrl: "http://127.0.0.1:11434/v1",
      fetch: async () => {
        throw new TypeError("fetch failed", { cause: refused });
      },
    });
    expect(error.message).toContain("Start it with: ollama serve");
  });
});

describe("a broken answer", () => {
  const half = textEvent("half");

  it.each<[string, Answerer, string]>([
    [
      "an error object among its events",
      events(fixture("vllm-error-mid-stream.sse")),
      "EngineCore encountered an issue",
    ],
    ["an error event", events(half, 'event: error\ndata: {"error":{"message":"went away"}}\n\n'), "went away"],
    ["an error event that is no JSON", events(half, "event: error\ndata: went away\n\n"), "went away"],
    ["a piece that is not JSON", events(half, 'data: {"choices": [\n\n'), 'a piece of it is not JSON: "{"choices": ["'],
    ["an end without a mark", events(half), "it ended before its end"],
    ["an end without a mark or a blank line", events(half.trimEnd()), "it ended before its end"],
    ["an end within an event", events(half, 'data: {"choi'), "not JSON"],
    ["a connection that is cut", cutAfter(half), "the connection was lost"],
  ])("with %s is never presented as complete", async (_, answerer, text) => {
    const { deltas, error, server } = await failedCall([answerer]);
    expect(error).toMatchObject({ code: "MODEL_BROKEN_STREAM" });
    expect(error.message).toContain(text);
    expect(deltas.length).toBeGreaterThan(0);
    expect(deltas.some(({ type }) => type === "finish")).toBe(false);
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Answerer, string]>([
    ["a page", body(200, fixture("proxy-502.html"), { "content-type": "text/html" }), "mostly ends in /v1"],
    ["JSON without choices", body(200, '{"object":"list","data":[]}'), "it holds no choice"],
    ["half of a JSON text", body(200, '{"choices":[{"message":'), "not all of a JSON text"],
    ["nothing but a last mark", events("data: [DONE]\n\n"), "it holds no choice"],
    ["some text", body(200, "Service is starting"), "Service is starting"],
    ["nothing", body(200, ""), "nothing had come"],
  ])("that is %s is shown", async (_, answerer, text) => {
    const { deltas, error } = await failedCall([answerer], { retries: 0 });
    expect(error).toMatchObject({ code: "MODEL_BROKEN_STREAM" });
    expect(error.message).toContain(text);
    expect(deltas).toEqual([]);
  });

  it("tells the status that an error object names, when nothing was given out before", async () => {
    const { error } = await failedCall([events(fixture("llamacpp-error-field.sse"))]);
    expect(error).toMatchObject({ code: "MODEL_BAD_REQUEST", data: { status: 400 } });
    expect(error.message).toContain("exceeds the available context size");
  });

  it("shows no more than a line of what came", async () => {
    const { error } = await failedCall([events(half, `data: {${"x".repeat(100_000)}\n\n`)]);
    expect(error.message.length).toBeLessThan(500);
  });

  it.each<[string, string]>([
    ["from its beginning", "data: {\n\n"],
    ["further on", `${half}data: {\n\n`],
  ])("that is broken %s ends the request", async (_, text) => {
    await using server = await ChatServer.start(silentAfter(text));
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl });
    await expect(collectReply(model.stream(someRequest))).rejects.toThrow("not JSON");
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("is complete when the connection is cut after the finish reason", async () => {
    await using server = await ChatServer.start(cutAfter(half, chunkEvent({ delta: {}, finish_reason: "stop" })));
    const reply = await collectReply(new OpenAIModel({ model: "m", baseUrl: server.baseUrl }).stream(someRequest));
    expect(reply).toMatchObject({ text: "half", finishReason: "stop" });
  });
});

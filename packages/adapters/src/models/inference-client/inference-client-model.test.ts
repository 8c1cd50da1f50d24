import { collectReply, type Model, type ModelDelta, textMessage } from "@smoltools/core";
import { testModel } from "@smoltools/core/testing";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  body,
  chunkEvent,
  cutAfter,
  endEvents,
  events,
  silence,
  silentAfter,
  textEvent,
} from "../shared/test-server/answers.ts";
import { type Answerer, ChatServer } from "../shared/test-server/chat-server.ts";
import { fixture } from "../shared/test-server/fixture.ts";
import { readAll } from "../shared/test-server/read-all.ts";
import { fieldOf } from "../../shared/json-access.ts";
import { InferenceClientModel } from "./inference-client-model.ts";
import type { InferenceClientModelOptions } from "./options.ts";
import { hubFetch } from "./test-server/hub-fetch.ts";

const token = "hf_secret0123456789";
const environmentToken = "hf_environment0123456789";
const request = { messages: [textMessage("user", "hi")] };
const good = events(textEvent("fine"), endEvents);

beforeEach(() => {
  vi.stubEnv("HF_TOKEN", environmentToken);
  vi.stubEnv("HF_ENDPOINT", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A model at an endpoint of the loopback interface. */
function modelAt(server: ChatServer, options: Partial<InferenceClientModelOptions> = {}): InferenceClientModel {
  return new InferenceClientModel({ model: "m", endpointUrl: server.baseUrl, maxRetryDelayMs: 1, ...options });
}

async function failure(model: Model): Promise<unknown> {
  return readAll(model.stream(request)).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("the contract of a model", () => {
  const small: Answerer = (response, received) => {
    const asked = JSON.stringify(fieldOf(received.body, "messages"));
    if (fieldOf(received.body, "tools")) return events(fixture("openai-tool-fragments.sse"))(response, received);
    const words = asked.includes("Repeat") ? [asked] : ["one", " two", " th", "ree", " fo", "ur", " five"];
    return events(...words.map(textEvent), endEvents)(response, received);
  };

  testModel({
    model: {
      id: "m",
      provider: "test",
      async *stream(...args) {
        await using server = await ChatServer.start(small);
        yield* modelAt(server).stream(...args);
      },
    },
    test: it,
  });
});

describe("a request", () => {
  it("goes to Hugging Face's router, which chooses the provider", async () => {
    await using server = await ChatServer.start(good);
    const { fetch, asked } = hubFetch(server);
    const model = new InferenceClientModel({ model: "a/m", token, billTo: "acme", fetch });
    const reply = await collectReply(model.stream({ ...request, maxTokens: 5 }));
    expect(reply).toMatchObject({ text: "fine", finishReason: "stop" });
    expect(asked).toEqual([
      { url: "https://router.huggingface.co/v1/chat/completions", authorization: `Bearer ${token}` },
    ]);
    expect(server.requests[0]).toMatchObject({
      headers: { "x-hf-bill-to": "acme", "content-type": "application/json" },
      body: { model: "a/m", stream: true, max_tokens: 5, messages: [{ role: "user", content: "hi" }] },
    });
  });

  it("for a provider looks its name of the model up, and goes there through the router", async () => {
    const mapping = { together: { providerId: "together-m", status: "live", task: "conversational" } };
    await using server = await ChatServer.start(body(200, JSON.stringify({ inferenceProviderMapping: mapping })), good);
    const { fetch, asked } = hubFetch(server);
    const model = new InferenceClientModel({ model: "acme/looked-up", provider: "together", token, fetch });
    expect((await collectReply(model.stream(request))).text).toBe("fine");
    expect(asked.map(({ url }) => url)).toEqual([
      "https://huggingface.co/api/models/acme/looked-up?expand[]=inferenceProviderMapping",
      "https://router.huggingface.co/together/v1/chat/completions",
    ]);
    expect(server.requests[1]?.body).toMatchObject({ model: "together-m" });
  });

  it("with a provider's own key goes to the provider", async () => {
    const mapping = { groq: { providerId: "groq-m", status: "live", task: "conversational" } };
    await using server = await ChatServer.start(body(200, JSON.stringify({ inferenceProviderMapping: mapping })), good);
    const { fetch, asked } = hubFetch(server);
    const model = new InferenceClientModel({ model: "acme/direct", provider: "groq", token: "gsk-012345678", fetch });
    await collectReply(model.stream(request));
    expect(asked[0]?.authorization).toBeNull();
    expect(new URL(asked[1]?.url ?? "").host).toBe("api.groq.com");
    expect(asked[1]?.authorization).toBe("Bearer gsk-012345678");
  });

  it("to an endpoint goes to its address", async () => {
    await using server = await ChatServer.start(good);
    await collectReply(modelAt(server, { token }).stream(request));
    expect(server.requests[0]).toMatchObject({
      path: "/v1/chat/completions",
      headers: { authorization: `Bearer ${token}` },
      body: { model: "m" },
    });
  });

  it("takes the token of the environment to Hugging Face", async () => {
    await using server = await ChatServer.start(good);
    const { fetch, asked } = hubFetch(server);
    await collectReply(new InferenceClientModel({ model: "m", fetch }).stream(request));
    expect(asked[0]?.authorization).toBe(`Bearer ${environmentToken}`);
  });

  it("does not take the token of the environment to a foreign endpoint (case 94)", async () => {
    await using server = await ChatServer.start(good);
    await collectReply(modelAt(server).stream(request));
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("does not take a token of the environment that is a provider's to that provider (case 94)", async () => {
    vi.stubEnv("HF_TOKEN", "gsk-012345678");
    const mapping = { groq: { providerId: "groq-m", status: "live", task: "conversational" } };
    await using server = await ChatServer.start(body(200, JSON.stringify({ inferenceProviderMapping: mapping })), good);
    const { fetch, asked } = hubFetch(server);
    const error = await failure(new InferenceClientModel({ model: "acme/guarded", provider: "groq", fetch }));
    expect(error).toMatchObject({ code: "MODEL_UNAUTHORIZED" });
    expect(String(error)).toContain("not sent to api.groq.com");
    expect(asked.map(({ authorization }) => authorization)).toEqual([null]);
  });

  it("is not sent without a token", async () => {
    vi.stubEnv("HF_TOKEN", "");
    vi.stubEnv("HF_TOKEN_PATH", "/dev/null");
    await using server = await ChatServer.start(good);
    const error = await failure(new InferenceClientModel({ model: "m", fetch: hubFetch(server).fetch }));
    expect(error).toMatchObject({ code: "MODEL_UNAUTHORIZED" });
    expect(String(error)).toContain("`hf auth login`");
    expect(server.requests).toEqual([]);
  });

  it("is not sent with a key that is nobody's", async () => {
    await using server = await ChatServer.start(good);
    const { fetch } = hubFetch(server);
    const error = await failure(new InferenceClientModel({ model: "m", token: "sk-0123456789", fetch }));
    expect(error).toMatchObject({ code: "MODEL_UNAUTHORIZED" });
    expect(String(error)).toContain("name the provider");
    expect(server.requests).toEqual([]);
  });

  it("for structured output is refused where there is none (case 62)", async () => {
    await using server = await ChatServer.start(good);
    const model = modelAt(server, { supports: { structuredOutput: false } });
    const responseFormat = { name: "n", schema: { type: "object" } } as const;
    await expect(readAll(model.stream({ ...request, responseFormat }))).rejects.toThrow("supports.structuredOutput");
    expect(server.requests).toEqual([]);
  });
});

describe("an answer", () => {
  const files = ["openai-text.sse", "openai-parallel-tools.sse", "vllm-reasoning.sse", "deepseek-keep-alive.sse"];

  it.each([...files, "hf-router-text.sse", "openai-completion.json"])(
    "of %s is read as by OpenAIModel",
    async (name) => {
      const { OpenAIModel } = await import("../openai/openai-model.ts");
      const text = fixture(name);
      await using server = await ChatServer.start(name.endsWith(".sse") ? events(text) : body(200, text));
      const own = await readAll(modelAt(server).stream(request));
      expect(own.length).toBeGreaterThan(1);
      expect(own).toEqual(await readAll(new OpenAIModel({ model: "m", baseUrl: server.baseUrl }).stream(request)));
    },
  );

  it("whose chunks hold an error of null is read", async () => {
    const chunk = { error: null, choices: [{ index: 0, delta: { content: "fine" }, finish_reason: "stop" }] };
    await using server = await ChatServer.start(events(`data: ${JSON.stringify(chunk)}\n\n`));
    expect((await collectReply(modelAt(server).stream(request))).text).toBe("fine");
  });

  it("holds its thoughts apart", async () => {
    await using server = await ChatServer.start(events(textEvent("<think>Hm.</think>\n\nYes."), endEvents));
    expect(await collectReply(modelAt(server).stream(request))).toMatchObject({ reasoning: "Hm.", text: "Yes." });
  });

  it.each<[string, Answerer, string]>([
    ["ends early", events(textEvent("half")), "it ended before its end"],
    ["is cut", cutAfter(textEvent("half")), "the connection was lost"],
    ["holds an error", events(fixture("vllm-error-mid-stream.sse")), "EngineCore encountered an issue"],
    ["is not JSON", events(textEvent("half"), "data: {\n\n"), "not JSON"],
  ])("that %s is never presented as complete", async (_, answerer, text) => {
    await using server = await ChatServer.start(answerer);
    const error = await failure(modelAt(server));
    expect(error).toMatchObject({ code: "MODEL_BROKEN_STREAM" });
    expect(String(error)).toContain(text);
    expect(server.requests).toHaveLength(1);
  });

  it("larger than the limit ends", async () => {
    await using server = await ChatServer.start(events(textEvent("x".repeat(100_000)), endEvents));
    expect(await failure(modelAt(server, { maxResponseBytes: 50_000 }))).toMatchObject({
      code: "MODEL_RESPONSE_TOO_LARGE",
    });
  });

  it.each<[string, Answerer, Partial<InferenceClientModelOptions>]>([
    ["does not come", silence, { timeoutMs: 30 }],
    ["falls silent", silentAfter(textEvent("a")), { idleTimeoutMs: 30 }],
  ])("that %s ends in time", async (_, answerer, limits) => {
    await using server = await ChatServer.start(answerer);
    expect(await failure(modelAt(server, limits))).toMatchObject({ code: "MODEL_TIMEOUT" });
    expect(await server.requests[0]?.done).toBe(false);
  });
});

describe("a refused request", () => {
  it.each<[number, string, string, string]>([
    [401, fixture("hf-router-401.json"), "MODEL_UNAUTHORIZED", "Check the key for 127.0.0.1"],
    [402, '{"error":"You have no credit."}', "MODEL_BAD_REQUEST", "You have no credit."],
    [400, '{"error":{"message":"no such field"}}', "MODEL_BAD_REQUEST", "no such field"],
    [404, "", "MODEL_BAD_REQUEST", `Is the model's name "m" right`],
    [422, '{"detail":"no"}', "MODEL_BAD_REQUEST", '"no"'],
  ])("with %i is not tried again", async (status, text, code, said) => {
    await using server = await ChatServer.start(body(status, text));
    const error = await failure(modelAt(server, { token }));
    expect(error).toMatchObject({ code, data: { status, url: `${server.baseUrl}/chat/completions` } });
    expect(String(error)).toContain(said);
    expect(server.requests).toHaveLength(1);
  });

  it.each([429, 500, 503])("with %i is tried again as often as retries says", async (status) => {
    await using server = await ChatServer.start(body(status, "{}"));
    const error = await failure(modelAt(server, { retries: 1 }));
    expect(error).toMatchObject({ code: status === 429 ? "MODEL_RATE_LIMITED" : "MODEL_UNAVAILABLE" });
    expect(server.requests).toHaveLength(2);
  });

  it("is tried again after an answer that broke before its first delta", async () => {
    await using server = await ChatServer.start(cutAfter(chunkEvent({ delta: { role: "assistant" } })), good);
    expect((await collectReply(modelAt(server).stream(request))).text).toBe("fine");
  });

  // The library remembers what it looked up: each model is another.
  it.each<[string, Answerer, string]>([
    ["that the Hub does not know", body(404, '{"error":"Repository not found"}'), "does together serve it?"],
    ["that no provider serves", body(200, '{"id":"acme/none"}'), "names no provider of acme/"],
    ["that another provider serves", body(200, '{"inferenceProviderMapping":{"groq":{}}}'), "provider information"],
    ["that has a new name", body(307, "", { location: "/api/models/acme/new" }), "has a new name, use that"],
    ["whose look-up is no JSON", body(200, "<html>"), "names no provider of acme/"],
  ])("for a model %s says so", async (_, answerer, said) => {
    await using server = await ChatServer.start(answerer);
    const { fetch } = hubFetch(server);
    const model = `acme/${_.replaceAll(" ", "-")}`;
    const options = { model, provider: "together", token, fetch, retries: 0 } as const;
    const error = await failure(new InferenceClientModel(options));
    expect(error).toMatchObject({ code: "MODEL_BAD_REQUEST" });
    expect(String(error)).toContain(said);
  });
});

describe("ending a call", () => {
  const reason = new Error("no longer wanted");

  it.each<[string, Answerer]>([
    ["while the answer is awaited", silence],
    ["while the first byte is awaited", silentAfter()],
    ["while the first delta is awaited", silentAfter(": alive\n\n")],
  ])("by its signal %s closes the connection", async (_, answerer) => {
    await using server = await ChatServer.start(answerer);
    const controller = new AbortController();
    const read = readAll(modelAt(server).stream(request, { signal: controller.signal }));
    await server.received(1);
    controller.abort(reason);
    await expect(read).rejects.toBe(reason);
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("by its signal while the provider is looked up closes the connection", async () => {
    await using server = await ChatServer.start(silence);
    const { fetch } = hubFetch(server);
    const controller = new AbortController();
    const model = new InferenceClientModel({ model: "acme/slow", provider: "together", token, fetch });
    const read = readAll(model.stream(request, { signal: controller.signal }));
    await server.received(1);
    controller.abort(reason);
    await expect(read).rejects.toBe(reason);
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("by leaving the loop closes the connection", async () => {
    await using server = await ChatServer.start(silentAfter(textEvent("a"), textEvent("b")));
    const deltas: ModelDelta[] = [];
    for await (const delta of modelAt(server).stream(request)) {
      deltas.push(delta);
      break;
    }
    expect(deltas).toEqual([{ type: "text", text: "a" }]);
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("by closing the iterator while an item is awaited ends that wait", async () => {
    await using server = await ChatServer.start(silence);
    const iterator = modelAt(server).stream(request);
    const item = iterator.next();
    await server.received(1);
    await iterator.return?.();
    expect(await item).toEqual({ done: true, value: undefined });
    expect(await server.requests[0]?.done).toBe(false);
  });
});

describe("the token", () => {
  const echo = `Invalid token ${token}, sent as Bearer ${token}`;

  it.each<[string, Answerer]>([
    ["401", body(401, JSON.stringify({ error: echo }))],
    ["500", body(500, echo)],
    ["a page", body(200, `<title>${echo}</title>`)],
    ["a redirect", body(302, "", { location: `/${token}` })],
    ["an error within the answer", events(textEvent("a"), `data: ${JSON.stringify({ error: echo })}\n\n`)],
    ["an answer that breaks off", events(textEvent("a"), `data: ${JSON.stringify({ note: echo })}\n\n`)],
  ])("never appears in the error of %s, though the provider repeats it", async (_, answerer) => {
    await using server = await ChatServer.start(answerer);
    const error = await failure(modelAt(server, { token, retries: 0 }));
    expect(error).toBeInstanceOf(Error);
    expect(`${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`).not.toContain("secret");
  });

  it("never appears in what the model shows of itself", () => {
    const model = new InferenceClientModel({ model: "m", token, billTo: "acme" });
    expect(inspect(model, { depth: 9, showHidden: true })).not.toContain("secret");
    expect(JSON.parse(JSON.stringify(model))).toEqual({
      id: "m",
      provider: "inference-client",
      inferenceProvider: "auto",
      billTo: "acme",
      supports: {},
    });
  });
});

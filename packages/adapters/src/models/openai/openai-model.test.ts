import { collectReply, type Model, type ModelDelta, textMessage } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { testModel } from "@smoltools/core/testing";
import type { ThinkTags } from "../shared/answer/think-splitter.ts";
import { OpenAIModel } from "./openai-model.ts";
import { presets } from "./presets.ts";
import { chunkEvent, endEvents, events, silence, silentAfter, textEvent } from "../shared/test-server/answers.ts";
import { type Answerer, ChatServer } from "../shared/test-server/chat-server.ts";
import { readAll } from "../shared/test-server/read-all.ts";
import { fieldOf } from "../../shared/json-access.ts";

const request = { messages: [textMessage("user", "hi")] };
const good = events(textEvent("fine"), endEvents);
const words = ["one", " two", " th", "ree", " fo", "ur", " five"];

function modelOf(server: ChatServer, model = "m"): Model {
  return new OpenAIModel({ model, baseUrl: server.baseUrl, maxRetryDelayMs: 1 });
}

describe("the contract of a model", () => {
  /** Answers as a small model would, and leaves it to the adapter to heed the stop texts. */
  const small: Answerer = (response, received) => {
    const messages = fieldOf(received.body, "messages");
    const asked = JSON.stringify(messages);
    if (fieldOf(received.body, "tools")) {
      const call = { index: 0, id: "a", function: { name: "get_weather", arguments: '{"city":' } };
      const rest = { index: 0, function: { arguments: '"Paris"}' } };
      const pieces = [call, rest].map((piece) => chunkEvent({ delta: { tool_calls: [piece] }, finish_reason: null }));
      return events(...pieces, endEvents)(response, received);
    }
    const text = asked.includes("Repeat") ? [asked] : words;
    return events(...text.map(textEvent), endEvents)(response, received);
  };

  for (const model of ["m", "gpt-5"]) {
    describe(`holds for ${model}`, () => {
      testModel({
        model: { id: model, provider: "test", stream: (...args) => withServer(model, ...args) },
        test: it,
      });
    });
  }

  async function* withServer(model: string, ...args: Parameters<Model["stream"]>) {
    await using server = await ChatServer.start(small);
    yield* modelOf(server, model).stream(...args);
  }
});

describe("stop texts", () => {
  it("are sent, and cut by the adapter where the server does not heed them", async () => {
    await using server = await ChatServer.start(events(...words.map(textEvent), endEvents));
    const reply = await collectReply(modelOf(server).stream({ ...request, stop: ["four"] }));
    expect(server.requests[0]?.body).toMatchObject({ stop: ["four"] });
    expect(reply).toMatchObject({ text: "one two three ", finishReason: "stop" });
  });

  it("are only cut for a model that refuses them, and end the request", async () => {
    await using server = await ChatServer.start(silentAfter(...words.map(textEvent)));
    const reply = await collectReply(modelOf(server, "o3").stream({ ...request, stop: ["four"] }));
    expect(server.requests[0]?.body).not.toHaveProperty("stop");
    expect(reply).toMatchObject({ text: "one two three ", finishReason: "stop" });
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("that only begin to come are given out in the end", async () => {
    await using server = await ChatServer.start(events(textEvent("one fo"), endEvents));
    expect((await collectReply(modelOf(server).stream({ ...request, stop: ["four"] }))).text).toBe("one fo");
  });

  it("hold back text before a tool call no longer than up to it", async () => {
    const call = { tool_calls: [{ index: 0, id: "a", function: { name: "f", arguments: "{}" } }] };
    const pieces = [textEvent("one fo"), chunkEvent({ delta: call, finish_reason: null }), endEvents];
    await using server = await ChatServer.start(events(...pieces));
    const deltas = await readAll(modelOf(server).stream({ ...request, stop: ["four"] }));
    expect(deltas.map((delta) => (delta.type === "text" ? delta.text : delta.type))).toEqual([
      "one ",
      "fo",
      "tool-call",
      "finish",
    ]);
  });
});

describe("thoughts", () => {
  const answer = ["<th", "ink>Is it four", "?</think>", "\n\nIt is four."].map(textEvent);

  it.each<[ThinkTags | undefined, string, string]>([
    [undefined, "Is it four?", "It is "],
    ["none", "", "<think>Is it "],
  ])(
    "written into the text are told apart by thinkTags %s, and name stop texts freely",
    async (thinkTags, ...parts) => {
      await using server = await ChatServer.start(events(...answer, endEvents));
      const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, ...(thinkTags && { thinkTags }) });
      const { reasoning, text } = await collectReply(model.stream({ ...request, stop: ["four"] }));
      expect([reasoning, text]).toEqual(parts);
    },
  );

  it("that the template begins are told apart where that is said", async () => {
    await using server = await ChatServer.start(events(textEvent("Hm.</think>Yes."), endEvents));
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, thinkTags: "implied" });
    expect(await collectReply(model.stream(request))).toMatchObject({ reasoning: "Hm.", text: "Yes." });
  });

  it("that only begin to come are given out in the end", async () => {
    await using server = await ChatServer.start(events(textEvent("<thi"), endEvents));
    expect((await collectReply(modelOf(server).stream({ ...request, stop: ["four"] }))).text).toBe("<thi");
  });
});

describe("a call", () => {
  it("sends nothing before the iteration begins", async () => {
    await using server = await ChatServer.start(good);
    modelOf(server).stream(request);
    await collectReply(modelOf(server).stream(request));
    expect(server.requests).toHaveLength(1);
  });

  it("sends headers, key and body", async () => {
    await using server = await ChatServer.start(good);
    const headers = { "x-title": "test" };
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, apiKey: "key-0123456", headers });
    await collectReply(model.stream(request));
    expect(server.requests[0]).toMatchObject({
      path: "/v1/chat/completions",
      headers: { authorization: "Bearer key-0123456", "content-type": "application/json", "x-title": "test" },
      body: { model: "m", stream: true },
    });
  });

  it("to Azure sends the key as Azure wants it", async () => {
    await using server = await ChatServer.start(good);
    const { origin } = new URL(server.baseUrl);
    const azure = { apiVersion: "2024-10-21", deployment: "mine" };
    const model = new OpenAIModel({ model: "gpt-5", baseUrl: origin, apiKey: "key-0123456", azure });
    await collectReply(model.stream({ ...request, maxTokens: 5 }));
    expect(server.requests[0]).toMatchObject({
      path: "/openai/deployments/mine/chat/completions?api-version=2024-10-21",
      headers: { "api-key": "key-0123456" },
      body: { model: "mine", max_completion_tokens: 5 },
    });
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
    expect(model.id).toBe("gpt-5");
  });

  it("for what the model does not support is refused before it is sent (case 62)", async () => {
    await using server = await ChatServer.start(good);
    const supports = { structuredOutput: false };
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, supports });
    const responseFormat = { name: "n", schema: { type: "object" } } as const;
    await expect(readAll(model.stream({ ...request, responseFormat }))).rejects.toMatchObject({
      code: "MODEL_BAD_REQUEST",
    });
    expect(server.requests).toEqual([]);
    expect(model.supports).toEqual(supports);
  });

  it("is not changed by what happens to the options later", async () => {
    await using server = await ChatServer.start(good);
    const parameters = { logit_bias: { a: 1 } };
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, parameters });
    parameters.logit_bias.a = 2;
    await collectReply(model.stream(request));
    expect(server.requests[0]?.body).toMatchObject({ logit_bias: { a: 1 } });
  });

  it("gives out each delta as it comes", async () => {
    let proceed: (() => void) | undefined;
    const stepwise: Answerer = async (response) => {
      response.write(textEvent("first"));
      await new Promise<void>((resolve) => {
        proceed = resolve;
      });
      response.end(textEvent("second") + endEvents);
    };
    await using server = await ChatServer.start(stepwise);
    const texts: string[] = [];
    for await (const delta of modelOf(server).stream(request)) {
      if (delta.type === "text") texts.push(delta.text);
      proceed?.();
    }
    expect(texts).toEqual(["first", "second"]);
  });

  it("uses a connection of the calls before, also where an answer ends after its last mark", async () => {
    const lateEnd: Answerer = (response) => {
      response.write(textEvent("fine") + endEvents);
      setTimeout(() => response.end(), 10);
    };
    await using server = await ChatServer.start(lateEnd);
    const model = modelOf(server);
    for (let call = 0; call < 8; call++) await collectReply(model.stream(request));
    // Two, because fetch may not yet have taken the last connection back when the next call begins.
    expect(new Set(server.requests.map(({ port }) => port)).size).toBeLessThanOrEqual(2);
  });

  it("ends soon though the server keeps the connection open after its last mark", async () => {
    await using server = await ChatServer.start(silentAfter(textEvent("fine"), endEvents));
    expect((await collectReply(modelOf(server).stream(request))).text).toBe("fine");
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("leaves nothing open for a reader that does not come back after the finish", async () => {
    await using server = await ChatServer.start(silentAfter(textEvent("fine"), endEvents));
    const iterator = modelOf(server).stream(request)[Symbol.asyncIterator]();
    while ((await iterator.next()).value?.type !== "finish");
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("can be made many times at once", async () => {
    const echo: Answerer = (response, received) =>
      events(textEvent(JSON.stringify(fieldOf(received.body, "messages"))), endEvents)(response, received);
    await using server = await ChatServer.start(echo);
    const model = modelOf(server);
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        collectReply(model.stream({ messages: [textMessage("user", `number ${index}`)] })),
      ),
    );
    expect(replies.every(({ text }, index) => text.includes(`number ${index}"`))).toBe(true);
  });

  it("is paced by requestsPerMinute", async () => {
    await using server = await ChatServer.start(good);
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, requestsPerMinute: 60_000 / 40 });
    const begun = performance.now();
    await Promise.all([1, 2, 3].map(() => collectReply(model.stream(request))));
    expect((server.requests[2]?.at ?? 0) - begun).toBeGreaterThanOrEqual(2 * 40 - 4);
  });
});

describe("ending a call", () => {
  const reason = new Error("no longer wanted");

  it("before it began sends nothing", async () => {
    await using server = await ChatServer.start(good);
    const stream = modelOf(server).stream(request, { signal: AbortSignal.abort(reason) });
    await expect(readAll(stream)).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });

  it.each<[string, Answerer]>([
    ["while the answer is awaited", silence],
    ["while the first byte is awaited", silentAfter()],
    ["while the first delta is awaited", silentAfter(": alive\n\n")],
  ])("by its signal %s closes the connection", async (_, answerer) => {
    await using server = await ChatServer.start(answerer);
    const controller = new AbortController();
    const read = readAll(modelOf(server).stream(request, { signal: controller.signal }));
    await server.received(1);
    controller.abort(reason);
    await expect(read).rejects.toBe(reason);
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("by its signal within an answer closes the connection and gives out nothing more", async () => {
    await using server = await ChatServer.start(silentAfter(textEvent("a") + textEvent("b")));
    const controller = new AbortController();
    const deltas: ModelDelta[] = [];
    const read = async (): Promise<void> => {
      for await (const delta of modelOf(server).stream(request, { signal: controller.signal })) {
        deltas.push(delta);
        controller.abort(reason);
      }
    };
    await expect(read()).rejects.toBe(reason);
    expect(deltas).toEqual([{ type: "text", text: "a" }]);
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("by its signal while a further attempt is awaited ends the wait", async () => {
    const busy: Answerer = (response) => void response.writeHead(429, { "retry-after": "3600" }).end();
    await using server = await ChatServer.start(busy);
    const controller = new AbortController();
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, maxRetryDelayMs: Infinity });
    const read = readAll(model.stream(request, { signal: controller.signal }));
    await server.received(1);
    await server.requests[0]?.done;
    controller.abort(reason);
    await expect(read).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  it("by its signal while the body of an error is read rejects with the signal's reason", async () => {
    const half: Answerer = (response) => void response.writeHead(400).write("{");
    await using server = await ChatServer.start(half);
    const controller = new AbortController();
    const read = readAll(modelOf(server).stream(request, { signal: controller.signal }));
    await server.received(1);
    setTimeout(() => controller.abort(reason), 20);
    await expect(read).rejects.toBe(reason);
  });

  it("by leaving the loop closes the connection", async () => {
    await using server = await ChatServer.start(silentAfter(textEvent("a"), textEvent("b")));
    for await (const delta of modelOf(server).stream(request)) {
      expect(delta).toEqual({ type: "text", text: "a" });
      break;
    }
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("by closing the iterator while an item is awaited ends that wait", async () => {
    await using server = await ChatServer.start(silence);
    const iterator = modelOf(server).stream(request)[Symbol.asyncIterator]();
    const item = iterator.next();
    await server.received(1);
    await iterator.return?.();
    expect(await item).toEqual({ done: true, value: undefined });
    expect(await server.requests[0]?.done).toBe(false);
  });

  it("by closing the iterator before it began, or twice, does no harm", async () => {
    await using server = await ChatServer.start(good);
    const iterator = modelOf(server).stream(request)[Symbol.asyncIterator]();
    await iterator.return?.();
    await iterator.return?.();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(server.requests).toEqual([]);
  });

  it("leaves no listener on the signal, however it ends", async () => {
    await using server = await ChatServer.start(good, good, (response) => void response.writeHead(400).end(), good);
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    await collectReply(modelOf(server).stream(request, { signal }));
    for await (const _ of modelOf(server).stream(request, { signal })) break;
    await expect(readAll(modelOf(server).stream(request, { signal }))).rejects.toThrow("(400)");
    modelOf(server).stream(request, { signal });
    expect(listeners()).toBe(0);
  });

  it("works with a fetch whose bodies do not know the signal", async () => {
    const deaf = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(textEvent("a"))),
    });
    const model = new OpenAIModel({ model: "m", fetch: async () => new Response(deaf) });
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      for await (const _ of model.stream(request, { signal: controller.signal }))
        setTimeout(() => controller.abort(reason), 5);
    };
    await expect(read()).rejects.toBe(reason);
  });
});

describe("presets", () => {
  it.each(Object.entries(presets))("of %s can be spread into the options", (_, preset) => {
    expect(new OpenAIModel({ ...preset, model: "m" }).baseUrl).toBe(preset.baseUrl);
  });

  it("are the default for OpenAI", () => {
    expect(new OpenAIModel({ model: "m" }).baseUrl).toBe("https://api.openai.com/v1");
  });
});

/** Counts the listeners that were added to a signal and not taken off. */
function countListeners(signal: AbortSignal): () => number {
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (type: string, listener: never, options?: AddEventListenerOptions) => {
    listeners.add(listener);
    add(type, listener, options);
  };
  signal.removeEventListener = (type: string, listener: never) => {
    listeners.delete(listener);
    remove(type, listener);
  };
  return () => listeners.size;
}

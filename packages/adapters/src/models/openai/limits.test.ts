import { collectReply } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { OpenAIModel } from "./openai-model.ts";
import type { OpenAIModelOptions } from "./options.ts";
import { body, endEvents, events, silence, silentAfter, textEvent } from "../shared/test-server/answers.ts";
import { type Answerer, ChatServer } from "../shared/test-server/chat-server.ts";
import { failedCall, someRequest } from "./test-server/failed-call.ts";

const good = events(textEvent("fine"), endEvents);

describe("a limit", () => {
  it.each<[string, Answerer, Partial<OpenAIModelOptions>, string]>([
    ["no answer", silence, { timeoutMs: 30 }, "sent no answer for 30 ms. Raise timeoutMs"],
    ["an answer without a first byte", silentAfter(), { timeoutMs: 30 }, "sent no answer for 30 ms"],
    [
      "silence within an answer",
      silentAfter(textEvent("a")),
      { idleTimeoutMs: 30 },
      "fell silent within its answer for 30 ms",
    ],
    ["a key that does not come", good, { timeoutMs: 30, apiKey: () => new Promise(() => undefined) }, "sent no answer"],
  ])("of time ends %s, and it is not tried again", async (_, answerer, options, text) => {
    const { error, server } = await failedCall([answerer], options);
    expect(error).toMatchObject({ code: "MODEL_TIMEOUT" });
    expect(error.message).toContain(text);
    expect(server.requests.length).toBeLessThanOrEqual(1);
  });

  it("of time is not met by an answer that goes on", async () => {
    const slow: Answerer = async (response) => {
      response.writeHead(200);
      for (let piece = 0; piece < 8; piece++) {
        response.write(piece % 2 ? ": alive\n\n" : textEvent("a"));
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      response.end(endEvents);
    };
    await using server = await ChatServer.start(slow);
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, timeoutMs: 1500, idleTimeoutMs: 1500 });
    expect((await collectReply(model.stream(someRequest))).text).toBe("aaaa");
  });

  it("of time does not count what the reader takes", async () => {
    const twice: Answerer = async (response) => {
      response.write(textEvent("a"));
      await new Promise((resolve) => setTimeout(resolve, 20));
      response.end(textEvent("b") + endEvents);
    };
    await using server = await ChatServer.start(twice);
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, timeoutMs: 1500, idleTimeoutMs: 1500 });
    const types: string[] = [];
    for await (const delta of model.stream(someRequest)) {
      if (types.push(delta.type) === 1) await new Promise((resolve) => setTimeout(resolve, 1700));
    }
    expect(types).toEqual(["text", "text", "finish"]);
  });

  it.each<[string, Answerer]>([
    ["a stream", events(...Array.from({ length: 100 }, () => textEvent("x".repeat(1000))), endEvents)],
    ["an event that does not end", events("data: ", ...Array.from({ length: 100 }, () => "x".repeat(1000)))],
    ["a whole answer", body(200, `{"choices":[{"message":{"content":"${"x".repeat(100_000)}"}}]}`)],
  ])("of size ends %s", async (_, answerer) => {
    const { error } = await failedCall([answerer], { maxResponseBytes: 50_000 });
    expect(error).toMatchObject({ code: "MODEL_RESPONSE_TOO_LARGE" });
    expect(error.message).toContain("larger than 50000 bytes");
  });

  it("of size holds for the body of an error as well", async () => {
    const { error, server } = await failedCall([body(400, "x".repeat(20_000_000))]);
    expect(error).toMatchObject({ code: "MODEL_BAD_REQUEST" });
    expect(error.message.length).toBeLessThan(1000);
    expect(await server.requests[0]?.done).toBe(false);
  });

  it.each([
    ["timeoutMs", 0],
    ["idleTimeoutMs", -1],
    ["maxResponseBytes", Number.NaN],
    ["retries", -1],
    ["requestsPerMinute", 0],
  ])("%s of %d is refused", (name, value) => {
    expect(() => new OpenAIModel({ model: "m", [name]: value })).toThrow(name);
  });

  it("of time is what ends white space without end, not the work that it makes", async () => {
    const spaces = new TextEncoder().encode(" ".repeat(1024));
    const blank: typeof fetch = async () => {
      const pieces = Array.from({ length: 8192 }, () => spaces).values();
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
        const { done, value } = pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      };
      return new Response(new ReadableStream({ pull }));
    };
    const { error } = await failedCall([good], { fetch: blank, retries: 0 });
    expect(error).toMatchObject({ code: "MODEL_BROKEN_STREAM" });
    expect(error.message).toContain("nothing had come");
  });
});

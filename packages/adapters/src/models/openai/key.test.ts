import { collectReply, isSmoltoolsError } from "@smoltools/core";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { OpenAIModel } from "./openai-model.ts";
import { body, endEvents, events, textEvent } from "../shared/test-server/answers.ts";
import { type Answerer, ChatServer } from "../shared/test-server/chat-server.ts";
import { failedCall, someRequest, testKey } from "./test-server/failed-call.ts";

const good = events(textEvent("fine"), endEvents);

describe("the key", () => {
  const secretHeader = "org-secret-987654";

  it("never appears in an error, though the provider repeats it", async () => {
    const echo = `Incorrect key ${testKey}, header ${secretHeader}, sent as Bearer ${testKey}`;
    const json = JSON.stringify({ error: { message: echo, code: "c" } });
    const answers: Answerer[] = [
      body(401, json),
      body(500, echo),
      body(400, `<title>${echo}</title>`),
      body(302, "", { location: `/${testKey}` }),
      events(textEvent("a"), `data: ${json}\n\n`),
      events(textEvent("a"), `data: not json ${echo}\n\n`),
      events(textEvent("a"), `data: ${JSON.stringify({ note: echo })}\n\n`),
    ];
    for (const answer of answers) {
      const { error } = await failedCall([answer], { retries: 0, headers: { "x-org": secretHeader } });
      const shown = `${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}${error.stack}`;
      expect(shown).not.toContain("secret");
    }
  });

  it("never appears in what the model shows of itself", () => {
    const model = new OpenAIModel({ model: "m", apiKey: testKey, headers: { "x-org": secretHeader } });
    expect(inspect(model, { depth: 9, showHidden: true })).not.toContain("secret");
    expect(JSON.parse(JSON.stringify(model))).toEqual({
      id: "m",
      provider: "openai",
      baseUrl: "https://api.openai.com/v1",
      supports: {},
    });
  });

  it("that a function cannot give is an error of its own", async () => {
    const { error, server } = await failedCall([good], {
      apiKey: () => {
        throw new Error("vault is sealed");
      },
    });
    expect(error).toMatchObject({ code: "MODEL_UNAUTHORIZED", cause: { message: "vault is sealed" } });
    expect(server.requests).toEqual([]);
  });

  it("that a function gives is checked like any other", async () => {
    const { error } = await failedCall([good], { apiKey: () => `${testKey}\n${testKey}` });
    expect(isSmoltoolsError(error, "MODEL_UNAUTHORIZED")).toBe(true);
    expect(inspect(error, { depth: 9 })).not.toContain("secret");
  });

  it.each<[string, Record<string, string>]>([
    ["a header with a scheme", { authorization: "Bearer top-secret-012345" }],
    ["a cookie", { cookie: "theme=dark; sid=top-secret-012345" }],
  ])("never appears in an error where %s holds it", async (_, headers) => {
    const answer = body(401, JSON.stringify({ error: { message: "Incorrect key: top-secret-012345" } }));
    const { error } = await failedCall([answer], { apiKey: undefined, headers });
    expect(error.message).toContain("Incorrect key: [redacted]");
  });

  it("never appears in the cause of an error, though the caller's fetch puts the request there", async () => {
    const failing: typeof fetch = async (_, init) => {
      throw Object.assign(new Error("no network"), { request: init });
    };
    const { error } = await failedCall([good], { fetch: failing, retries: 0 });
    expect(error).toMatchObject({ code: "MODEL_UNAVAILABLE", cause: { message: "no network" } });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("secret");
  });

  it("is sent without the line end of the file it came from", async () => {
    await using server = await ChatServer.start(good);
    const model = new OpenAIModel({ model: "m", baseUrl: server.baseUrl, apiKey: `${testKey}\n` });
    await collectReply(model.stream(someRequest));
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${testKey}`);
  });

  it("is not sent when there is none", async () => {
    await using server = await ChatServer.start(good);
    await collectReply(new OpenAIModel({ model: "m", baseUrl: server.baseUrl, apiKey: "" }).stream(someRequest));
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });
});

import { createServer, type IncomingHttpHeaders } from "node:http";
import { collectReply } from "@smoltools/core";
import { type AgentLoadOptions, type CodeAgent, loadAgent } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentFolder, forgedAgent } from "./agent-fixture.ts";

/** A server that notes what it is told. */
const seen: IncomingHttpHeaders[] = [];
const server = createServer((request, response) => {
  seen.push(request.headers);
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end('data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
});
let host = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  host = `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const env = { OPENAI_API_KEY: "sk-mine-0123456789", HF_TOKEN: "hf_mine" };

async function load(model: object, options: AgentLoadOptions = {}): Promise<CodeAgent> {
  await using folder = await agentFolder({ "agent.json": forgedAgent({ model }) });
  return (await loadAgent(`file:${folder.path}`, { env, ...options })) as CodeAgent;
}

/** What the server is told when the model is asked. */
async function keySentBy({ model }: CodeAgent): Promise<string | undefined> {
  seen.length = 0;
  await collectReply(model.stream({ messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }] }));
  return seen[0]?.authorization ?? seen[0]?.["api-key"]?.toString();
}

const openai = (settings: object): object => ({ provider: "openai", id: "m", settings });
const at = (): object => openai({ baseUrl: `http://${host}/v1` });

describe("a model of a file that names another host", () => {
  it.each<[title: string, model: () => object]>([
    ["OpenAI's protocol", at],
    [
      "an inference endpoint",
      () => ({ provider: "inference-client", id: "m", settings: { endpointUrl: `http://${host}/v1` } }),
    ],
    ["Azure", () => openai({ baseUrl: `http://${host}`, azure: {} })],
    ["a router of models", () => ({ provider: "router", id: "r", settings: { models: [{ model: at() }] } })],
    ["the provider's own name without encryption", () => openai({ baseUrl: "http://api.openai.com/v1" })],
    ["the provider's own name at another port", () => openai({ baseUrl: "https://api.openai.com:8443/v1" })],
    ["a name that begins like the provider's", () => openai({ baseUrl: "https://api.openai.com.evil.example/v1" })],
    [
      "weights that would run in this process",
      () => ({ provider: "transformers", id: "a/b", settings: { model: "a/b" } }),
    ],
    ["the provider's name as a user", () => openai({ baseUrl: "https://api.openai.com@evil.example/v1" })],
  ])("is not made by itself: %s (case 94)", async (_title, model) => {
    await expect(load(model())).rejects.toMatchObject({
      code: expect.stringMatching(/^AGENT_(?:MODEL_FOREIGN|FILE_INVALID)$/),
    });
  });

  it("gets no key of the environment when the host is allowed", async () => {
    await using agent = await load(at(), { allowHosts: [host] });
    expect(await keySentBy(agent)).toBeUndefined();
  });

  it("gets the key that is for this host, and no other", async () => {
    await using own = await load(at(), { apiKeys: { [host]: "key-for-it" } });
    expect(await keySentBy(own)).toBe("Bearer key-for-it");
    await expect(load(at(), { apiKeys: { "api.openai.com": "sk-other" } })).rejects.toMatchObject({
      code: "AGENT_MODEL_FOREIGN",
      data: { host },
    });
    await using other = await load(at(), { allowHosts: [host], apiKeys: { "api.openai.com": "sk-other" } });
    expect(await keySentBy(other)).toBeUndefined();
  });

  it("gets no key over an unencrypted line because its file says so", async () => {
    const model = openai({ baseUrl: "http://llm.example.org/v1", allowInsecure: true });
    await expect(load(model, { apiKeys: { "llm.example.org": "key-for-it" } })).rejects.toMatchObject({
      code: "AGENT_FILE_INVALID",
      message: expect.stringContaining("allowInsecure"),
    });
  });
});

describe("settings of a model that a file may not have", () => {
  it.each<[title: string, settings: object]>([
    ["a key", { apiKey: "sk-0123456789" }],
    ["headers", { headers: { authorization: "x" } }],
    ["an address with a key in it", { baseUrl: "https://example.org/v1?key=x" }],
    ["parameters that are texts of any length", { parameters: { user: "x".repeat(100) } }],
    ["a wait without end", { timeoutMs: 1e12 }],
    ["an answer without end", { maxResponseBytes: 1e15 }],
    ["what every object has", { constructor: {} }],
  ])("are refused: %s", async (_title, settings) => {
    await expect(load(openai(settings))).rejects.toMatchObject({ code: "AGENT_FILE_INVALID" });
  });
});

describe("a model of its provider", () => {
  it("is made with the environment's key, which stays inside", async () => {
    await using agent = await load(openai({}));
    expect(agent.model).toMatchObject({ provider: "openai", baseUrl: "https://api.openai.com/v1" });
    expect(JSON.stringify(agent.model)).not.toContain("sk-mine");
  });

  it("says nothing of keys in errors", async () => {
    const error: unknown = await load(at(), { apiKeys: { elsewhere: "sk-elsewhere" } }).catch(
      (caught: unknown) => caught,
    );
    expect(`${String(error)}${JSON.stringify(error)}`).not.toMatch(/sk-|hf_/);
  });
});

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { tool } from "@smoltools/core";
import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toAnthropicTools } from "../../anthropic/index.ts";
import { toGeminiTools } from "../../gemini/index.ts";
import { toOpenAITools } from "../../openai/index.ts";

const total = tool({
  name: "total",
  description: "Adds up prices.",
  input: {
    type: "object",
    properties: {
      prices: { type: "object", additionalProperties: { type: "number" } },
      currency: { type: "string" },
    },
    required: ["prices"],
    additionalProperties: false,
  },
  execute: ({ prices, currency = "EUR" }) => {
    const sum = Object.values(prices).reduce<number>((all, price) => all + Number(price), 0);
    return `${sum} ${String(currency)}`;
  },
});
const entries = {
  prices: [
    { key: "a", value: 2 },
    { key: "b", value: 3 },
  ],
};
const written = JSON.stringify({ ...entries, currency: null });

/** What each API answers: a call of the tool. */
const answers: Record<string, unknown> = {
  "/chat/completions": { id: "1", object: "chat.completion", choices: [{ index: 0, finish_reason: "tool_calls", message: { role: "assistant", content: null, tool_calls: [{ id: "c", type: "function", function: { name: "total", arguments: written } }] } }] }, // prettier-ignore
  "/responses": { id: "1", object: "response", output: [{ type: "function_call", id: "f", call_id: "c", name: "total", arguments: written }] }, // prettier-ignore
  "/v1/messages": { id: "1", type: "message", role: "assistant", content: [{ type: "tool_use", id: "c", name: "total", input: entries }], stop_reason: "tool_use" }, // prettier-ignore
  "/models/m:generateContent": { candidates: [{ content: { role: "model", parts: [{ functionCall: { name: "total", args: { prices: { a: 2, b: 3 } } } }] } }] }, // prettier-ignore
};

let server: Server;
let baseURL: string;
let body: Record<string, unknown>;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    body = (await json(request)) as Record<string, unknown>;
    const [, answer] = Object.entries(answers).find(([path]) => request.url?.split("?")[0]?.endsWith(path)) ?? [];
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(answer ?? {}));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  body = {};
});

describe("the SDK alone runs our tools", () => {
  it("of OpenAI, by Chat Completions", async () => {
    const client = new OpenAI({ apiKey: "none", baseURL });
    const { definitions, call } = toOpenAITools([total]);
    const messages = [{ role: "user" as const, content: "Add up." }];
    const { choices } = await client.chat.completions.create({ model: "m", messages, tools: definitions });
    const [wanted] = choices[0]?.message.tool_calls ?? [];
    const asked = wanted?.type === "function" ? wanted.function : { name: "", arguments: "" };
    expect(await call(asked.name, asked.arguments)).toBe("5 EUR");
    expect(body["tools"]).toEqual(definitions);
  });

  it("of OpenAI, by Responses", async () => {
    const client = new OpenAI({ apiKey: "none", baseURL });
    const { definitions, call } = toOpenAITools([total], { api: "responses" });
    const { output } = await client.responses.create({ model: "m", input: "Add up.", tools: definitions });
    const wanted = output.find((item) => item.type === "function_call");
    expect(await call(wanted?.name ?? "", wanted?.arguments)).toBe("5 EUR");
    expect(body["tools"]).toEqual(definitions);
  });

  it("of Anthropic", async () => {
    const client = new Anthropic({ apiKey: "none", baseURL });
    const { definitions, call } = toAnthropicTools([total], { strict: true });
    const messages = [{ role: "user" as const, content: "Add up." }];
    const { content } = await client.messages.create({ model: "m", max_tokens: 9, messages, tools: definitions });
    const wanted = content.find((block) => block.type === "tool_use");
    expect(await call(wanted?.name ?? "", wanted?.input)).toBe("5 EUR");
    expect(body["tools"]).toEqual(definitions);
  });

  it("of Google", async () => {
    const client = new GoogleGenAI({ apiKey: "none", httpOptions: { baseUrl: baseURL } });
    const { definitions, call } = toGeminiTools([total]);
    const config = { tools: [{ functionDeclarations: definitions }] };
    const { functionCalls = [] } = await client.models.generateContent({ model: "m", contents: "Add up.", config });
    expect(await call(functionCalls[0]?.name ?? "", functionCalls[0]?.args)).toBe("5 EUR");
    expect(body["tools"]).toEqual([{ functionDeclarations: definitions }]);
  });
});

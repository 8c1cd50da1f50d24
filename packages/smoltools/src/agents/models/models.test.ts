import { InferenceClientModel } from "@smoltools/adapters/models/inference-client";
import { OpenAIModel, presets } from "@smoltools/adapters/models/openai";
import { RouterModel } from "@smoltools/adapters/models/router";
import type { Model } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { Report } from "../left-out.ts";
import { describeModel } from "./describe-model.ts";
import { makeModel } from "./make-model.ts";

const chat = {
  mergeMessages: false,
  timeoutMs: 1000,
  idleTimeoutMs: 2000,
  maxResponseBytes: 3000,
  retries: 0,
  maxRetryDelayMs: 4000,
  requestsPerMinute: 60,
  supports: { tools: false, images: true, structuredOutput: false },
  capabilities: { stop: false, temperature: false, maxTokensField: "max_completion_tokens" },
  thinkTags: "implied",
  parameters: {
    temperature: 0.5,
    maxTokens: 100,
    seed: 1,
    stream_options: null,
    reasoning_effort: "low",
    chat_template_kwargs: { enable_thinking: false },
  },
} as const;

const models: [title: string, model: Model][] = [
  ["OpenAI", new OpenAIModel({ model: "gpt-4.1-mini" })],
  ["OpenAI with every option", new OpenAIModel({ model: "gpt-4.1-mini", ...presets.huggingFace, ...chat })],
  [
    "Azure",
    new OpenAIModel({
      model: "m",
      baseUrl: "https://acme.openai.azure.com",
      azure: { apiVersion: "2024-10-21", deployment: "my-gpt", auth: "entra" },
    }),
  ],
  ["Hugging Face", new InferenceClientModel({ model: "a/b", provider: "together", ...chat })],
  ["an endpoint", new InferenceClientModel({ model: "a/b", endpointUrl: "https://x.endpoints.huggingface.cloud/v1/" })],
  [
    "a router",
    new RouterModel({
      id: "both",
      models: [{ model: new OpenAIModel({ model: "m" }), weight: 2 }, new InferenceClientModel({ model: "a/b" })],
      strategy: "round-robin",
      coolDownMs: 5,
      timeoutMs: 6,
      switchOn: ["MODEL_TIMEOUT"],
    }),
  ],
  [
    "a router of a router",
    new RouterModel({ models: [new RouterModel({ models: [new OpenAIModel({ model: "m" })] })] }),
  ],
];

const access = { source: "x", env: {}, allowHosts: ["acme.openai.azure.com", "x.endpoints.huggingface.cloud"] };

describe("a model that was described and made again", () => {
  it.each(models)("is the same: %s", async (_title, model) => {
    const record = describeModel(model, new Report());
    const again = await makeModel(JSON.parse(JSON.stringify(record)), access);
    expect(again).toMatchObject({ id: model.id, provider: model.provider });
    expect(again.supports).toEqual(model.supports);
    expect(describeModel(again, new Report())).toEqual(record);
  });

  it("loses nothing where it was given nothing that cannot be told", () => {
    const report = new Report();
    for (const [, model] of models) describeModel(model, report);
    expect(report.entries).toEqual([]);
  });
});

describe("a model that cannot be made again", () => {
  it("is known by its names alone, and has to be given", async () => {
    const report = new Report();
    const record = describeModel(new ScriptedModel([]), report);
    expect(record).toEqual({ provider: "scripted", id: "scripted-model" });
    expect(report.entries).toMatchObject([{ field: "model" }]);
    await expect(makeModel(record, access)).rejects.toMatchObject({ code: "AGENT_MODEL_NEEDED" });
  });

  it("is one among those of a router", async () => {
    const record = describeModel(new RouterModel({ models: [new ScriptedModel([])] }), new Report());
    await expect(makeModel(record, access)).rejects.toMatchObject({ code: "AGENT_MODEL_NEEDED" });
  });

  it("is a router within routers without end", async () => {
    let record: object = { provider: "openai", id: "m", settings: {} };
    for (let n = 0; n < 5; n++) record = { provider: "router", id: "r", settings: { models: [{ model: record }] } };
    await expect(makeModel(record as never, access)).rejects.toMatchObject({ code: "AGENT_FILE_INVALID" });
  });
});

describe("keys of the environment", () => {
  const keyOf = async (model: Model): Promise<string | undefined> => {
    let sent: string | undefined;
    const { fetch } = globalThis;
    globalThis.fetch = async (_url, init) => {
      sent = new Headers(init?.headers).get("authorization") ?? undefined;
      throw new TypeError("not today");
    };
    try {
      for await (const _delta of model.stream({ messages: [] })) break;
    } catch {
      // What was sent is all that matters.
    } finally {
      globalThis.fetch = fetch;
    }
    return sent;
  };
  const openai = (baseUrl?: string) => ({
    provider: "openai",
    id: "m",
    settings: { retries: 0, ...(baseUrl && { baseUrl }) },
  });

  it.each<[title: string, record: object, env: Record<string, string>, key: string | undefined]>([
    ["OpenAI's own", openai(), { OPENAI_API_KEY: "sk-1" }, "Bearer sk-1"],
    ["OpenAI's own, written out", openai("https://api.openai.com/v1"), { OPENAI_API_KEY: "sk-1" }, "Bearer sk-1"],
    ["that of another server", openai(), { OPENAI_API_KEY: "sk-1", OPENAI_BASE_URL: "https://llm.lan/v1" }, undefined],
    ["that of OpenAI for Hugging Face", openai(presets.huggingFace.baseUrl), { OPENAI_API_KEY: "sk-1" }, undefined],
    ["that of Hugging Face", openai(presets.huggingFace.baseUrl), { HF_TOKEN: "hf_1" }, "Bearer hf_1"],
    [
      "that of another hub",
      openai(presets.huggingFace.baseUrl),
      { HF_TOKEN: "hf_1", HF_ENDPOINT: "http://hub.lan" },
      undefined,
    ],
  ])("go where they belong: %s", async (_title, record, env, key) => {
    expect(await keyOf(await makeModel(record as never, { source: "x", env }))).toBe(key);
  });
});

import { describe, expect, it } from "vitest";
import { Report } from "../left-out.ts";
import { convertModel } from "./model-classes.ts";

const convert = (name: string, data: object, report = new Report()) => convertModel({ class: name, data }, "x", report);

describe("a model of smolagents", () => {
  it.each<[name: string, data: object, provider: string, id: string, settings: object]>([
    [
      "InferenceClientModel",
      { model_id: "a/b", provider: "together", temperature: 0.5, max_tokens: 9, timeout: 120 },
      "inference-client",
      "a/b",
      { provider: "together", parameters: { temperature: 0.5, maxTokens: 9 }, timeoutMs: 120_000 },
    ],
    ["HfApiModel", { model_id: "a/b" }, "inference-client", "a/b", {}],
    [
      "InferenceClientModel",
      { model_id: "a/b", provider: "x", base_url: "https://e.example" },
      "inference-client",
      "a/b",
      { endpointUrl: "https://e.example" },
    ],
    ["OpenAIModel", { model_id: "gpt" }, "openai", "gpt", {}],
    [
      "OpenAIServerModel",
      { model_id: "gpt", api_base: "https://e.example/v1" },
      "openai",
      "gpt",
      { baseUrl: "https://e.example/v1" },
    ],
    [
      "AzureOpenAIServerModel",
      { model_id: "gpt", azure_endpoint: "https://a.example", api_version: "2024-10-21" },
      "openai",
      "gpt",
      { baseUrl: "https://a.example", azure: { apiVersion: "2024-10-21" } },
    ],
    ["LiteLLMModel", { model_id: "gpt-4o" }, "openai", "gpt-4o", {}],
    [
      "LiteLLMModel",
      { model_id: "openai/gpt-4o", api_base: "https://e.example" },
      "openai",
      "gpt-4o",
      { baseUrl: "https://e.example" },
    ],
    ["LiteLLMModel", { model_id: "huggingface/a/b" }, "inference-client", "a/b", {}],
    ["LiteLLMModel", { model_id: "ollama_chat/qwen" }, "openai", "qwen", { baseUrl: "http://127.0.0.1:11434/v1" }],
    [
      "LiteLLMModel",
      { model_id: "ollama/q", api_base: "http://gpu.lan:1/" },
      "openai",
      "q",
      { baseUrl: "http://gpu.lan:1/v1" },
    ],
    [
      "LiteLLMModel",
      { model_id: "azure/gpt", api_base: "https://a.example" },
      "openai",
      "gpt",
      { baseUrl: "https://a.example", azure: {} },
    ],
  ])("%s of %j is one of %s", (name, data, provider, id, settings) => {
    expect(convert(name, data)).toEqual({ record: { provider, id, settings } });
  });

  it.each([
    ["TransformersModel", { model_id: "a/b" }],
    ["MLXModel", {}],
    ["VLLMModel", {}],
    ["AmazonBedrockServerModel", {}],
    ["LiteLLMRouterModel", { model_id: "a" }],
    ["LiteLLMModel", { model_id: "anthropic/claude" }],
    ["LiteLLMModel", {}],
    ["AzureOpenAIModel", { model_id: "gpt" }],
  ])("%s of %j has to be given", (name, data) => {
    expect(convert(name, data).problem).toEqual(expect.any(String));
  });

  it("tells what it had besides, and none of its values", () => {
    const report = new Report();
    convert(
      "OpenAIModel",
      { model_id: "m", api_key: "sk-planted", organization: "o", top_p: 1, custom_role_conversions: {} },
      report,
    );
    expect(report.entries.map(({ field }) => field)).toEqual(["model.data.api_key", "model.data.organization"]);
    expect(JSON.stringify(report.entries)).not.toContain("planted");
  });

  it.each([undefined, null, "x", {}, { class: 1 }, { class: "toString" }, { class: "MyModel", data: {} }])(
    "%j is one that there never was: the others are listed (case 88)",
    (model) => {
      expect(() => convertModel(model, "x", new Report())).toThrow(/InferenceClientModel, .*AmazonBedrockModel/);
    },
  );
});

import { describe, expect, it } from "vitest";
import { endpointOf } from "./endpoint.ts";
import type { AzureOptions, OpenAIModelOptions } from "./options.ts";
import { presets } from "./presets.ts";

const key = "sk-secret-0123456789";

function failure(options: Partial<OpenAIModelOptions>): Error & { code?: string } {
  try {
    endpointOf({ model: "m", ...options });
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("the options were taken");
}

describe("endpointOf", () => {
  it.each([
    ["https://api.example.org/v1", "https://api.example.org/v1/chat/completions"],
    ["https://api.example.org/v1//", "https://api.example.org/v1/chat/completions"],
    ["https://api.example.org", "https://api.example.org/chat/completions"],
    ["https://x.example.org/openai?api-version=2", "https://x.example.org/openai/chat/completions?api-version=2"],
    [presets.ollama.baseUrl, "http://127.0.0.1:11434/v1/chat/completions"],
  ])("adds the path to %s", (baseUrl, url) => {
    expect(endpointOf({ model: "m", baseUrl }).url.href).toBe(url);
  });

  it.each<[string, AzureOptions, string]>([
    ["the v1 API", {}, "https://acme.openai.azure.com/openai/v1/chat/completions"],
    [
      "a dated version",
      { apiVersion: "2024-10-21" },
      "https://acme.openai.azure.com/openai/deployments/m/chat/completions?api-version=2024-10-21",
    ],
    [
      "a deployment of another name",
      { apiVersion: "2024-10-21", deployment: "my gpt" },
      "https://acme.openai.azure.com/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21",
    ],
  ])("asks Azure at %s", (_, azure, url) => {
    for (const end of ["", "/", "/openai", "/openai/", "/openai/v1/"]) {
      const baseUrl = `https://acme.openai.azure.com${end}`;
      expect(endpointOf({ model: "m", baseUrl, azure }).url.href).toBe(url);
    }
  });

  it("keeps the path of a gateway in front of Azure", () => {
    const { url } = endpointOf({ model: "m", baseUrl: "https://gate.example/llm/openai?team=7", azure: {} });
    expect(url.href).toBe("https://gate.example/llm/openai/v1/chat/completions?team=7");
  });

  it("names the deployment where Azure looks for the model", () => {
    const azure = { deployment: "my-gpt" };
    expect(endpointOf({ model: "gpt-5", baseUrl: "https://acme.openai.azure.com", azure }).model).toBe("my-gpt");
  });

  it.each<[string, OpenAIModelOptions["azure"], string]>([
    ["OpenAI", undefined, "authorization"],
    ["Azure", {}, "api-key"],
    ["Azure, of Entra ID", { auth: "entra" }, "authorization"],
  ])("puts the key of %s into its header", (_, azure, header) => {
    const options = { model: "m", baseUrl: "https://acme.example", apiKey: key, ...(azure && { azure }) };
    expect(endpointOf(options).keyHeader).toBe(header);
  });

  it.each<[string, Partial<OpenAIModelOptions>]>([
    ["a bearer token", { headers: { Authorization: `Bearer ${key}` } }],
    ["a key of Azure", { headers: { "api-key": key }, baseUrl: "https://acme.openai.azure.com", azure: {} }],
  ])("refuses %s beside apiKey (case 61)", (_, options) => {
    const error = failure({ ...options, apiKey: `${key}-other` });
    expect(error).toMatchObject({ code: "MODEL_OPTIONS_INVALID", data: { option: "apiKey" } });
    expect(error.message).toMatch(/both apiKey and the header .* give a key/);
    expect(error.message).not.toContain("secret");
  });

  it("takes the key of a gateway beside apiKey", () => {
    expect(() => endpointOf({ model: "m", apiKey: key, headers: { "x-api-key": "gateway-key-1" } })).not.toThrow();
  });

  it("shows addresses without their query", () => {
    const { shownUrl, baseUrl } = endpointOf({ model: "m", baseUrl: "https://a.example/v1?key=hidden-value" });
    expect([shownUrl, baseUrl]).toEqual(["https://a.example/v1/chat/completions", "https://a.example/v1"]);
  });

  it.each<[string, Partial<OpenAIModelOptions>]>([
    ["a key over http", { baseUrl: "http://example.org/v1", apiKey: key }],
    ["a function that gives a key over http", { baseUrl: "http://example.org/v1", apiKey: () => key }],
    ["a key in a header over http", { baseUrl: "http://example.org/v1", headers: { "Api-Key": key } }],
    ["a host that only looks like loopback", { baseUrl: "http://127.0.0.1.example.org/v1", apiKey: key }],
    ["an address of the local network", { baseUrl: "http://192.168.1.2:8000/v1", apiKey: key }],
  ])("refuses %s", (_, options) => {
    expect(failure(options)).toMatchObject({ code: "MODEL_INSECURE_URL", data: { option: "baseUrl" } });
  });

  it.each<[string, Partial<OpenAIModelOptions>]>([
    ["a key over https", { baseUrl: "https://example.org/v1", apiKey: key }],
    ["a key to 127.0.0.1", { baseUrl: "http://127.0.0.1:8000/v1", apiKey: key }],
    ["a key to localhost", { baseUrl: "http://localhost:8000/v1", apiKey: key }],
    ["a key to ::1", { baseUrl: "http://[::1]:8000/v1", apiKey: key }],
    ["no key over http", { baseUrl: "http://192.168.1.2:8000/v1" }],
    ["an empty key over http", { baseUrl: "http://192.168.1.2:8000/v1", apiKey: "" }],
    ["a key over http where that is allowed", { baseUrl: "http://gpu.lan/v1", apiKey: key, allowInsecure: true }],
  ])("takes %s", (_, options) => {
    expect(() => endpointOf({ model: "m", ...options })).not.toThrow();
  });

  it.each<[string, Partial<OpenAIModelOptions>, string]>([
    ["an address without a scheme", { baseUrl: "api.example.org/v1" }, "baseUrl"],
    ["an address of another scheme", { baseUrl: "file:///v1" }, "baseUrl"],
    ["an address with a password", { baseUrl: `https://me:${key}@example.org/v1` }, "baseUrl"],
    ["an address of the operation itself", { baseUrl: "https://example.org/v1/chat/completions" }, "baseUrl"],
    ["no model", { model: "" }, "model"],
    ["Azure without an address", { azure: {} }, "baseUrl"],
    ["a version that is none", { baseUrl: "https://a.example", azure: { apiVersion: "1&x=2" } }, "azure.apiVersion"],
    [
      "two versions",
      { baseUrl: "https://a.example?api-version=1", azure: { apiVersion: "2024-10-21" } },
      "azure.apiVersion",
    ],
    ["a key with a line end within", { apiKey: `${key}\n${key}` }, "apiKey"],
    ["a key of other characters", { apiKey: `${key}…` }, "apiKey"],
    ["a header value with a line end within", { headers: { "x-key": `${key}\n${key}` } }, "headers"],
    ["a header name with a space", { headers: { "x key": "v" } }, "headers"],
  ])("refuses %s without showing a secret", (_, options, option) => {
    const error = failure(options);
    expect(error).toMatchObject({ code: "MODEL_OPTIONS_INVALID", data: { option } });
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain("secret");
  });
});

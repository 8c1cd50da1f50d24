import { describe, expect, it } from "vitest";
import type { InferenceClientModelOptions } from "./options.ts";
import { routeOf } from "./route.ts";

const token = "hf_secret0123456789";

describe("routeOf", () => {
  it.each<[string, Partial<InferenceClientModelOptions>, boolean]>([
    ["the router", {}, true],
    ["a provider", { provider: "together" }, true],
    ["an address of Hugging Face", { endpointUrl: "https://router.huggingface.co/together/v1" }, true],
    ["a token of the caller's", { token }, false],
    ["an Inference Endpoint", { endpointUrl: "https://x.endpoints.huggingface.cloud/v1" }, false],
    ["a foreign address", { endpointUrl: "https://huggingface.co.example.org/v1" }, false],
    ["an empty token at a foreign address", { token: "", endpointUrl: "https://example.org/v1" }, false],
  ])("for %s uses the environment: %s (case 94)", (_, options, uses) => {
    expect(routeOf({ model: "m", ...options }).usesEnvironment).toBe(uses);
  });

  it.each<[string, Partial<InferenceClientModelOptions>, string, string]>([
    ["no model", { model: "" }, "MODEL_OPTIONS_INVALID", "model"],
    ["an address for a model", { model: "https://example.org" }, "MODEL_OPTIONS_INVALID", "model"],
    [
      "a provider and an endpoint",
      { provider: "together", endpointUrl: "https://e.example" },
      "MODEL_OPTIONS_INVALID",
      "provider",
    ],
    ["an endpoint without a scheme", { endpointUrl: "e.example" }, "MODEL_OPTIONS_INVALID", "endpointUrl"],
    [
      "an endpoint with a query",
      { endpointUrl: "https://e.example/v1?key=secret" },
      "MODEL_OPTIONS_INVALID",
      "endpointUrl",
    ],
    [
      "an endpoint with a password (case 61)",
      { token, endpointUrl: `https://me:${token}@e.example` },
      "MODEL_OPTIONS_INVALID",
      "endpointUrl",
    ],
    [
      "an address among the parameters (case 94)",
      { token, parameters: { endpointUrl: "https://e.example" } },
      "MODEL_OPTIONS_INVALID",
      "parameters",
    ],
    [
      "a key among the parameters (case 61)",
      { token, parameters: { accessToken: token } },
      "MODEL_OPTIONS_INVALID",
      "parameters",
    ],
    ["a token with a line end within", { token: `${token}\n${token}` }, "MODEL_OPTIONS_INVALID", "token"],
    ["a token over http", { token, endpointUrl: "http://192.168.1.2/v1" }, "MODEL_INSECURE_URL", "endpointUrl"],
  ])("refuses %s without showing a secret", (_, options, code, option) => {
    const attempt = (): unknown => {
      try {
        return routeOf({ model: "m", ...options });
      } catch (error) {
        return error;
      }
    };
    const error = attempt();
    expect(error).toMatchObject({ code, data: { option } });
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain("secret");
  });

  it("lets a token travel unencrypted where that is allowed", () => {
    expect(() => routeOf({ model: "m", token, endpointUrl: "http://gpu.lan/v1", allowInsecure: true })).not.toThrow();
  });
});

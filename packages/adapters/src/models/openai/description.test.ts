import { describe, expect, it } from "vitest";
import { OpenAIModel } from "./openai-model.ts";

describe("what a model tells of itself", () => {
  it("is enough to make it again", () => {
    const options = { baseUrl: "https://a.example/v1", timeoutMs: 5, parameters: { temperature: 0, seed: 1 } };
    expect(new OpenAIModel({ model: "m", ...options }).describe()).toEqual({ settings: options, leftOut: [] });
  });

  it("has no key, no header, no query, and no text that might be one", () => {
    const model = new OpenAIModel({
      model: "m",
      apiKey: "secret-1",
      headers: { "x-team": "secret-2" },
      baseUrl: "https://a.example/v1?key=secret-3",
      parameters: { user: "secret-4", metadata: { a: "secret-5" }, stop: ["secret-6"], reasoning_effort: "low" },
      fetch: () => Promise.reject(new Error("no")),
    });
    expect(model.describe()).toEqual({
      settings: { baseUrl: "https://a.example/v1", parameters: { reasoning_effort: "low" } },
      leftOut: [
        "apiKey",
        "headers",
        "the query of baseUrl",
        "parameters.user",
        "parameters.metadata",
        "parameters.stop",
        "fetch",
      ],
    });
    expect(JSON.stringify(model)).not.toContain("secret");
  });

  it("cannot be changed from outside", () => {
    const model = new OpenAIModel({ model: "m", parameters: { seed: 1 } });
    Object.assign(model.describe().settings, { parameters: {} });
    expect(model.describe().settings).toEqual({ parameters: { seed: 1 } });
  });
});

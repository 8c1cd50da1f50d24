import { describe, expect, it } from "vitest";
import { fixture } from "../models/shared/test-server/fixture.ts";
import { providerMessage, shortLine } from "./provider-message.ts";
import { redactor } from "./redact.ts";

describe("providerMessage", () => {
  it.each<[string, string, string]>([
    ["OpenAI", fixture("openai-429.json"), "Rate limit reached for gpt-4.1-mini"],
    ["vLLM", fixture("vllm-400.json"), "This model's maximum context length is 4096 tokens."],
    ["Ollama", fixture("ollama-404.json"), "model 'qwen9' not found"],
    ["llama.cpp", fixture("llamacpp-503.json"), "Loading model"],
    ["the Hugging Face router", fixture("hf-router-401.json"), "Invalid username or password."],
    ["nginx", fixture("proxy-502.html"), 'an HTML page, "502 Bad Gateway"'],
    ["an error in a list", '[{"error":{"message":"API key not valid.","code":400}}]', "API key not valid."],
    ["FastAPI's detail", '{"detail":"Not Found"}', "Not Found"],
    [
      "FastAPI's list of details",
      '{"detail":[{"msg":"field required"},{"msg":"too long"}]}',
      "field required; too long",
    ],
    ["a message at the top", '{"message":"no"}', "no"],
    ["an error of another form", '{"error":{"reason":"why"}}', '{"reason":"why"}'],
    ["plain text", "upstream connect error\n or disconnect", "upstream connect error or disconnect"],
    ["a page without a title", "<!DOCTYPE html><p>x", "an HTML page"],
    ["nothing", "", ""],
  ])("finds the message of %s", (_, body, message) => {
    expect(providerMessage(body).text.slice(0, message.length)).toBe(message);
  });

  it.each([
    ["a text", (said: string) => said],
    ["JSON", (said: string) => JSON.stringify({ error: { message: said } })],
    ["JSON with escapes", (said: string) => JSON.stringify({ error: said }).replaceAll("/", "\\/")],
    ["a page", (said: string) => `<title>${said}</title>`],
  ])("shows no beginning of a secret where it cuts %s", (_, bodyOf) => {
    const redact = redactor(["key/0123456789"]);
    for (let length = 470; length < 500; length++) {
      expect(providerMessage(bodyOf(`${"x".repeat(length)}key/0123456789`), redact).text).not.toContain("key");
    }
  });

  it("comes to its end with a megabyte of titles that are never closed", () => {
    expect(providerMessage("<title".repeat(170_000)).text).toBe("an HTML page");
  });

  it.each([
    ["the code", fixture("openai-429-quota.json"), "insufficient_quota"],
    ["the number", fixture("vllm-400.json"), 400],
    ["the type where there is no code", '{"error":{"message":"m","type":"t"}}', "t"],
  ])("finds %s", (_, body, code) => {
    expect(providerMessage(body).code).toBe(code);
  });
});

describe("shortLine", () => {
  it("takes control characters and line ends out", () => {
    expect(shortLine("a\u001b[31m\r\n\tb\u0000\u202ec\u2028")).toBe("a [31m b c");
  });

  it("shortens", () => {
    expect(shortLine("x".repeat(100_000), 10)).toBe("xxxxxxxxxx…");
  });
});

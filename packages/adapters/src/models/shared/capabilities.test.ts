import { describe, expect, it } from "vitest";
import { capabilitiesOf } from "./capabilities.ts";

describe("capabilitiesOf", () => {
  it.each([
    ["regular-model", true],
    ["gpt-4", true],
    ["gpt-4o-mini", true],
    ["o3", false],
    ["o3-pro", false],
    ["o3-2025-04-16", false],
    ["openai/o3", false],
    ["o3-mini", true],
    ["o3-mini-2025-01-31", true],
    ["o3x", true],
    ["prefix-o3", true],
    ["o4-mini", false],
    ["ft:o4-mini-2025-04-16:acme::abc", false],
    ["gpt-5", false],
    ["gpt-5-mini", false],
    ["gpt-5-chat-latest", false],
    ["gpt-5.1", false],
    ["OpenAI/GPT-5", false],
    ["gpt-oss-120b", true],
    ["grok-4", false],
    ["oci/xai.grok-4", false],
    ["o3:latest", false],
    ["qwen3:8b", true],
    ["Qwen/Qwen3-32B:cheapest", true],
  ])("of %s: accepts stop is %s (case 50)", (model, stop) => {
    expect(capabilitiesOf(model).stop).toBe(stop);
  });

  it.each([
    ["gpt-4o", true],
    ["o1", false],
    ["o3-mini", false],
    ["openai/o4-mini", false],
    ["gpt-5-mini", false],
    ["gpt-5.2", false],
    ["gpt-5-chat-latest", true],
    ["gpt-4o-mini-search-preview", false],
    ["grok-4", true],
    ["o1x", true],
    ["Qwen/Qwen3-32B", true],
  ])("of %s: accepts any temperature is %s", (model, temperature) => {
    expect(capabilitiesOf(model).temperature).toBe(temperature);
  });

  it.each([
    ["o1", "max_completion_tokens"],
    ["o1-mini", "max_completion_tokens"],
    ["o3-mini", "max_completion_tokens"],
    ["openai/o4-mini", "max_completion_tokens"],
    ["gpt-5-nano", "max_completion_tokens"],
    ["gpt-4.1", "max_tokens"],
    ["openai/gpt-oss-20b", "max_tokens"],
    ["o1x", "max_tokens"],
    ["deepseek-ai/DeepSeek-R1", "max_tokens"],
  ])("of %s: the limit's field is %s", (model, field) => {
    expect(capabilitiesOf(model).maxTokensField).toBe(field);
  });
});

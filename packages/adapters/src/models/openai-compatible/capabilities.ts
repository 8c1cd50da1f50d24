/** What differs between models behind the same protocol. */
export interface ModelCapabilities {
  /** The provider accepts the `stop` field. When it does not, the adapter alone cuts the text. */
  stop: boolean;
  /** The name of the field that limits the answer's length. */
  maxTokensField: "max_tokens" | "max_completion_tokens";
}

/** Reasoning models that answer 400 to `stop`; `o3-mini` is older than that rule. */
const refusesStop = /^(?:(?:o3(?!-mini)|o4|gpt-5)(?:[-.].*)?|(?:[a-z][a-z0-9]+\.)?grok-.+)$/;

/** Models that answer 400 to `max_tokens`, which the others know best. */
const countsReasoning = /^(?:o1|o3|o4|gpt-5)(?:[-.].*)?$/;

/**
 * Tells from a model's name what its family accepts.
 *
 * @param model - As the provider names it, also with an owner, a tag or as a fine-tuned model: `"openai/gpt-5"`,
 * `"qwen3:8b"`, `"ft:gpt-4o:acme::abc"`.
 */
export function capabilitiesOf(model: string): ModelCapabilities {
  const base = model.replace(/^ft:/, "").split(":")[0] ?? "";
  const name = base.slice(base.lastIndexOf("/") + 1).toLowerCase();
  return {
    stop: !refusesStop.test(name),
    maxTokensField: countsReasoning.test(name) ? "max_completion_tokens" : "max_tokens",
  };
}

/** What differs between models behind the same protocol. */
export interface ModelCapabilities {
  /** The provider accepts the `stop` field. When it does not, the adapter alone cuts the text. */
  stop: boolean;
  /** The provider accepts any `temperature`. When it does not, that of a request is left out. */
  temperature: boolean;
  /** The name of the field that limits the answer's length. */
  maxTokensField: "max_tokens" | "max_completion_tokens";
}

/** A model whose family is not listed accepts what the protocol had from its beginning. */
const usual: ModelCapabilities = { stop: true, temperature: true, maxTokensField: "max_tokens" };

/** Families that answer 400 to a usual field, by the names of their models; the first that fits counts. */
const families: readonly (readonly [name: RegExp, differs: Partial<ModelCapabilities>])[] = [
  [/^o1(?:[-.].*)?$/, { temperature: false, maxTokensField: "max_completion_tokens" }],
  [/^o3-mini(?:[-.].*)?$/, { temperature: false, maxTokensField: "max_completion_tokens" }],
  [/^o[34](?:[-.].*)?$/, { stop: false, temperature: false, maxTokensField: "max_completion_tokens" }],
  [/^gpt-5-chat(?:[-.].*)?$/, { stop: false, maxTokensField: "max_completion_tokens" }],
  [/^gpt-5(?:[-.].*)?$/, { stop: false, temperature: false, maxTokensField: "max_completion_tokens" }],
  [/^gpt-4o.*-search-preview(?:-.*)?$/, { temperature: false }],
  [/^(?:[a-z][a-z0-9]+\.)?grok-.+$/, { stop: false }],
];

/**
 * Tells from a model's name what its family accepts.
 *
 * Source: https://platform.openai.com/docs/guides/reasoning and https://platform.openai.com/docs/api-reference/chat/create
 * (`stop`, `max_tokens`), https://docs.x.ai/docs/models (`stop` of reasoning models).
 *
 * @param model - As the provider names it, also with an owner, a tag or as a fine-tuned model: `"openai/gpt-5"`,
 * `"qwen3:8b"`, `"ft:gpt-4o:acme::abc"`.
 */
export function capabilitiesOf(model: string): ModelCapabilities {
  const base = model.replace(/^ft:/, "").split(":")[0] ?? "";
  const name = base.slice(base.lastIndexOf("/") + 1).toLowerCase();
  const family = families.find(([pattern]) => pattern.test(name));
  return { ...usual, ...family?.[1] };
}

import { type JsonObject, type JsonSchema, type JsonSchemaObject, type Model, SchemaValidator } from "@smoltools/core";

/** A key for a model's API, or a function that gives the current one. */
export type ApiKey = string | (() => string | Promise<string>);

/** A kind of model that can be made of its id and settings. */
export interface ModelKind {
  /** What its settings may be: everything else is neither saved nor taken from a file. */
  readonly settings: JsonSchemaObject;
  /** The address that the settings name; `undefined` where the provider's own is asked. */
  address(settings: JsonObject): string | undefined;
  /** What a model does with the host, for the question whether it may. @default "sends its requests to" */
  readonly use?: string;
  /** The host of the provider itself. */
  readonly ownHost: string | undefined;
  /** Makes the model. */
  make(id: string, settings: JsonObject, key: ApiKey | undefined): Promise<Model>;
}

const validators = new WeakMap<JsonSchemaObject, SchemaValidator>();

/** Separates the settings that a kind of model takes from those that it does not. */
export function splitSettings({ settings: schema }: ModelKind, given: JsonObject): [JsonObject, refused: string[]] {
  const entries = Object.entries(given);
  const refused = entries.filter(([name, value]) => !fits(schema, name, value)).map(([name]) => name);
  return [Object.fromEntries(entries.filter(([name]) => !refused.includes(name))), refused];
}

function fits({ properties = {} }: JsonSchemaObject, name: string, value: unknown): boolean {
  const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (typeof schema !== "object") return false;
  let validator = validators.get(schema);
  if (!validator) validators.set(schema, (validator = new SchemaValidator(schema)));
  return validator.findings(value).length === 0;
}

const flag: JsonSchema = { type: "boolean" };
const milliseconds: JsonSchema = { type: "number", minimum: 0, maximum: 3_600_000 };
const plain: JsonSchema = { type: ["number", "boolean", "null", "string"], maxLength: 20 };

/** Settings of every model that speaks the Chat Completions protocol. A key never travels unencrypted because a file says so. */
export const chatSettings: Readonly<Record<string, JsonSchema>> = {
  mergeMessages: flag,
  timeoutMs: milliseconds,
  idleTimeoutMs: milliseconds,
  maxResponseBytes: { type: "number", minimum: 1, maximum: 256 * 1024 * 1024 },
  retries: { type: "integer", minimum: 0, maximum: 10 },
  maxRetryDelayMs: milliseconds,
  requestsPerMinute: { type: "number", exclusiveMinimum: 0 },
  supports: object({ tools: flag, images: flag, structuredOutput: flag }),
  capabilities: object({
    stop: flag,
    temperature: flag,
    maxTokensField: { enum: ["max_tokens", "max_completion_tokens"] },
  }),
  thinkTags: { enum: ["auto", "implied", "none"] },
  parameters: {
    type: "object",
    maxProperties: 50,
    additionalProperties: { anyOf: [plain, { type: "object", maxProperties: 50, additionalProperties: plain }] },
  },
};

/** An object with these members and no others. */
export function object(properties: Readonly<Record<string, JsonSchema>>): JsonSchemaObject {
  return { type: "object", properties, additionalProperties: false };
}

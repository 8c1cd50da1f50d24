import type { JsonObject, JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { chatSettings, type ModelKind, object } from "./model-kind.ts";

const address: JsonSchema = { type: "string", pattern: "^https?://[^\\s?#@]+$", maxLength: 500 };
const name: JsonSchema = { type: "string", pattern: "^[\\w.-]{1,100}$" };
const flat: JsonSchema = {
  type: "object",
  maxProperties: 50,
  additionalProperties: { type: ["number", "boolean", "null", "string"], maxLength: 200 },
};

const openai: ModelKind = {
  settings: object({
    ...chatSettings,
    baseUrl: address,
    azure: object({ apiVersion: name, deployment: name, auth: { enum: ["api-key", "entra"] } }),
  }),
  address: ({ baseUrl }) => textOf(baseUrl),
  ownHost: "api.openai.com",
  make: async (model, settings, apiKey) => {
    const { OpenAIModel } = await import("@smoltools/adapters/models/openai");
    return new OpenAIModel({ ...settings, model, apiKey });
  },
};

const inferenceClient: ModelKind = {
  settings: object({
    ...chatSettings,
    provider: { type: "string", pattern: "^[a-z0-9][a-z0-9-]{0,40}$" },
    endpointUrl: address,
  }),
  address: ({ endpointUrl }) => textOf(endpointUrl),
  ownHost: "router.huggingface.co",
  make: async (model, settings, token) => {
    const { InferenceClientModel } = await import("@smoltools/adapters/models/inference-client");
    return new InferenceClientModel({ ...settings, model, token });
  },
};

const transformers: ModelKind = {
  settings: object({
    model: { type: "string", pattern: "^[\\w-][\\w.-]*/[\\w.-]+$", maxLength: 200 },
    id: { type: "string", maxLength: 200 },
    dtype: name,
    device: name,
    revision: { type: "string", pattern: "^[\\w./-]{1,100}$" },
    localOnly: { type: "boolean" },
    maxTokens: { type: "integer", minimum: 1 },
    temperature: { type: "number" },
    generation: flat,
    template: flat,
    timeoutMs: { type: "number", minimum: 1 },
  }),
  // What a stranger names would be fetched, however large, and read by native code of this process.
  address: () => "https://huggingface.co",
  use: "runs in this process with weights of",
  ownHost: undefined,
  make: async (id, { model, ...settings }) => {
    const { TransformersModel } = await import("@smoltools/adapters/models/transformers");
    return TransformersModel.load({ ...settings, model: textOf(model) ?? id });
  },
};

/** The kinds of models that can be made from a file, by their provider. Others have to be given. */
export const modelKinds: Readonly<Record<string, ModelKind>> = {
  openai,
  "inference-client": inferenceClient,
  transformers,
};

/** Settings of a router besides its models. */
export const routerSettings: JsonSchemaObject = object({
  strategy: { enum: ["fallback", "round-robin", "random"] },
  id: { type: "string", maxLength: 200 },
  coolDownMs: { type: "number", minimum: 0 },
  timeoutMs: { type: "number", minimum: 1 },
  switchOn: { type: "array", items: { type: "string", pattern: "^MODEL_[A-Z_]{1,40}$" }, maxItems: 20 },
  models: {
    type: "array",
    minItems: 1,
    maxItems: 10,
    items: {
      type: "object",
      properties: {
        model: {
          type: "object",
          properties: { provider: { type: "string" }, id: { type: "string" }, settings: { type: "object" } },
          required: ["provider", "id"],
          additionalProperties: false,
        },
        weight: { type: "number", exclusiveMinimum: 0 },
      },
      required: ["model"],
      additionalProperties: false,
    },
  },
});

/** The kind of a model, if it can be made from a file. */
export function modelKindOf(provider: string): ModelKind | undefined {
  return Object.hasOwn(modelKinds, provider) ? modelKinds[provider] : undefined;
}

function textOf(value: JsonObject[string] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

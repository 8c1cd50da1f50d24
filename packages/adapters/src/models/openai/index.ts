// The public API of @smoltools/adapters/models/openai: named exports only.

export type { ThinkTags } from "../shared/answer/think-splitter.ts";
export type { ModelCapabilities } from "../shared/capabilities.ts";
export type { ApiKey, ChatOptions, ModelParameters } from "../shared/chat-options.ts";
export { ModelOptionsError, type ModelOptionsErrorCode } from "../shared/errors/model-options-error.ts";
export type { ModelDescription } from "../shared/model-description.ts";
export { OpenAIModel } from "./openai-model.ts";
export type { AzureOptions, OpenAIModelOptions } from "./options.ts";
export { type Preset, presets } from "./presets.ts";

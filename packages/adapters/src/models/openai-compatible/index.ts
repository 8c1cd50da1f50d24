// The public API of @smoltools/adapters/models/openai-compatible: named exports only.

export type { ModelCapabilities } from "./capabilities.ts";
export { ModelOptionsError, type ModelOptionsErrorCode } from "./errors/model-options-error.ts";
export { openAICompatible, OpenAICompatibleModel } from "./openai-compatible-model.ts";
export type { ApiKey, ModelParameters, OpenAICompatibleOptions } from "./options.ts";
export { type Preset, presets } from "./presets.ts";

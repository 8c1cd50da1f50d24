// The public API of @smoltools/adapters/models/inference-client: named exports only.

export { AdapterError, type AdapterErrorCode } from "../../shared/adapter-error.ts";
export type { ThinkTags } from "../shared/answer/think-splitter.ts";
export type { ModelCapabilities } from "../shared/capabilities.ts";
export type { ApiKey, ChatOptions, ModelParameters } from "../shared/chat-options.ts";
export { ModelOptionsError, type ModelOptionsErrorCode } from "../shared/errors/model-options-error.ts";
export type { ModelDescription } from "../shared/model-description.ts";
export { InferenceClientModel } from "./inference-client-model.ts";
export type { InferenceClientModelOptions } from "./options.ts";

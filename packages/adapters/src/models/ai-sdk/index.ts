// The public API of @smoltools/adapters/models/ai-sdk: named exports only.

export { AiSdkModel } from "./ai-sdk-model.ts";
export type { AiSdkCallOptions, AiSdkLanguageModel } from "./language-model.ts";
export type { AiSdkModelOptions, AiSdkReasoning } from "./options.ts";

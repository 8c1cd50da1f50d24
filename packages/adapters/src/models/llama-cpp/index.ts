// The public API of @smoltools/adapters/models/llama-cpp: named exports only.

export { LlamaCppModel } from "./llama-cpp-model.ts";
export type { LlamaCppModelOptions, LlamaCppSampling } from "./options.ts";

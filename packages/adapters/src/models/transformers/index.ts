// The public API of @smoltools/adapters/models/transformers: named exports only.

export type { ModelDescription } from "../shared/model-description.ts";
export type { TransformersLoadOptions, TransformersModelOptions } from "./options.ts";
export { TransformersModel } from "./transformers-model.ts";

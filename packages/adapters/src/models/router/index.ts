// The public API of @smoltools/adapters/models/router: named exports only.

export type { ModelDescription } from "../shared/model-description.ts";
export type { RoutedModel, RouterFailure, RouterModelOptions, RouterStrategy } from "./options.ts";
export { RouterModel } from "./router-model.ts";

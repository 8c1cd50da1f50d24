// The public API of @smoltools/adapters/openapi: named exports only.

export type { Authenticate, Credential } from "./auth/credentials.ts";
export type { SecurityScheme } from "./auth/security.ts";
export type { OpenApiOperation, OperationChoice } from "./document/operations.ts";
export { type FrozenOperation, type FrozenOperations, freezeOperations } from "./freeze-operations.ts";
export {
  type FromOpenApiOptions,
  type OpenApiSelection,
  type OpenApiToolsOptions,
  toolsFromOpenApi,
} from "./from-openapi.ts";
export type { PlannedBody, PlannedParameter, RequestPlan } from "./request/request-plan.ts";
export { requiredHosts } from "./required-hosts.ts";
export type { ToolNameOptions } from "../shared/tools/tool-names.ts";
export type { SourceToolsOptions } from "../shared/tools/usable-tools.ts";

// The public API of @smoltools/adapters/ai-sdk: named exports only.

export type { AiSdkTool, AiSdkToolSet } from "./ai-sdk-tool.ts";
export type { Approval, ApprovalRequest, ApproveCall } from "./approval.ts";
export type { PreliminaryResult } from "./call.ts";
export type { ModelOutput, ModelOutputPart } from "./content/to-model-output.ts";
export { type FromAiSdkOptions, toolsFromAiSdk } from "./from-ai-sdk.ts";
export type { AiSdkSchema } from "./schema/write-schema.ts";
export { type AiSdkCallOptions, type AiSdkDynamicTool, toAiSdk } from "./to-ai-sdk.ts";
export type { ToolNameOptions } from "../shared/tools/tool-names.ts";
export type { ToolOrAgent } from "../shared/tools/tool-or-agent.ts";
export type { SourceToolsOptions } from "../shared/tools/usable-tools.ts";

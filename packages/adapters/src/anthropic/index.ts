// The public API of @smoltools/adapters/anthropic. Adding a name here makes it public: named exports only.

export { type AnthropicTool, toAnthropic, type ToAnthropicOptions, toAnthropicTools } from "./to-anthropic.ts";
export type { ExportedTool, ExportedTools } from "../shared/schema-export/export-tools.ts";
export type { ToolOrAgent } from "../shared/tools/tool-or-agent.ts";

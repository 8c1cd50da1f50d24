// The public API of @smoltools/adapters/openai. Adding a name here makes it public: named exports only.

export {
  type OpenAIApi,
  type OpenAIFunction,
  type OpenAITool,
  toOpenAI,
  type ToOpenAIOptions,
  toOpenAITools,
} from "./to-openai.ts";
export type { ExportedTool, ExportedTools } from "../shared/schema-export/export-tools.ts";
export type { ToolOrAgent } from "../shared/tools/tool-or-agent.ts";

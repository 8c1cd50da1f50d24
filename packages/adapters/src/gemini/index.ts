// The public API of @smoltools/adapters/gemini. Adding a name here makes it public: named exports only.

export { type GeminiFunction, toGemini, toGeminiTools } from "./to-gemini.ts";
export type { ExportedTool, ExportedTools } from "../shared/schema-export/export-tools.ts";
export type { ToolOrAgent } from "../shared/tools/tool-or-agent.ts";

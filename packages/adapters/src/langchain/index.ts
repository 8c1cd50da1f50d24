// The public API of @smoltools/adapters/langchain: named exports only.

export type { ResultPart } from "./call.ts";
export {
  type FromLangchainOptions,
  type LangchainToolsOptions,
  toolFromLangchain,
  toolsFromLangchain,
} from "./from-langchain.ts";
export type { LangChainTool, LangChainToolkit } from "./langchain-tool.ts";
export { toLangchain } from "./to-langchain.ts";
export type { ToolNameOptions } from "../shared/tool-names.ts";
export type { ToolOrAgent } from "../shared/tool-or-agent.ts";
export type { SourceToolsOptions } from "../shared/usable-tools.ts";

// The public API of @smoltools/adapters/langchain: named exports only.

export {
  type FromLangchainOptions,
  type LangChainTool,
  type LangChainToolkit,
  type LangchainToolsOptions,
  type ResultPart,
  toolFromLangchain,
  toolsFromLangchain,
} from "./from.ts";
export { toLangchain } from "./to-langchain.ts";
export type { ToolNameOptions } from "../shared/tools/tool-names.ts";
export type { ToolOrAgent } from "../shared/tools/tool-or-agent.ts";
export type { SourceToolsOptions } from "../shared/tools/usable-tools.ts";

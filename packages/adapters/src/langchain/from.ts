// The public API of @smoltools/adapters/langchain/from: the part of `langchain` whose types need no library.

export type { ResultPart } from "./call.ts";
export {
  type FromLangchainOptions,
  type LangchainToolsOptions,
  toolFromLangchain,
  toolsFromLangchain,
} from "./from-langchain.ts";
export type { LangChainTool, LangChainToolkit } from "./langchain-tool.ts";

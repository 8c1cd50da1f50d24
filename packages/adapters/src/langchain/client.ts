// What a converted package calls its LangChain tools with: the public API of @smoltools/adapters/langchain/client. It is
// bundled into the package's sources, and uses nothing but what sandboxes and browsers have.

import { isRecord } from "../shared/json-access.ts";
import { withMedia, withoutMedia } from "../shared/media/package-media.ts";
import { callLangChainTool } from "./call.ts";
import { type InvokableTool, isLangChainTool, metadataOf } from "./langchain-tool.ts";

/** Calls a tool by its name in LangChain. */
export type LangchainCall = (
  name: string,
  input: unknown,
  options?: { signal?: AbortSignal | undefined },
) => Promise<unknown>;

/**
 * Calls tools of LangChain.
 *
 * @param make - Gives a tool, a list of tools or a toolkit. Called once, at the first call: only then is there an
 *   environment.
 * @returns What calls one of them. Media in inputs and results have their form in JSON.
 */
export function langchainTools(make: () => unknown): LangchainCall {
  let made: Promise<unknown> | undefined;
  return async (name, input, { signal } = {}) => {
    made ??= Promise.resolve().then(make);
    let source: unknown;
    try {
      source = await made;
    } catch (error) {
      made = undefined; // The next call tries again.
      throw error;
    }
    const tool = toolsOfExport(source).find((one) => one.name === name);
    if (!tool) throw new Error(`LangChain gives no tool named ${name} any more`);
    const isData = metadataOf(tool).outputSchema !== undefined;
    const part = isData ? "artifact" : "both";
    return withoutMedia(await callLangChainTool(tool, withMedia(input), signal ? { signal } : {}, { part, isData }));
  };
}

/** The tools that an export of a module holds, whether it is one, a list of them, or a toolkit; none otherwise. */
export function toolsOfExport(source: unknown): readonly InvokableTool[] {
  if (isLangChainTool(source)) return [source];
  if (Array.isArray(source)) return source.filter(isLangChainTool);
  if (!isRecord(source)) return [];
  const { getTools, tools } = source;
  const listed: unknown = typeof getTools === "function" ? getTools.call(source) : tools;
  return Array.isArray(listed) ? listed.filter(isLangChainTool) : [];
}

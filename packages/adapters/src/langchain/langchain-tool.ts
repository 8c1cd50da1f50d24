import { fieldOf, isRecord } from "../shared/json-access.ts";

/**
 * A tool of LangChain, by its shape, so that any copy of `@langchain/core` fits: what `tool()` returns, a
 * `DynamicStructuredTool`, a `DynamicTool`, or a runnable that was made a tool with `asTool`.
 */
export interface LangChainTool {
  readonly name: string;
  readonly description?: string | undefined;
  /** A schema of zod 3 or zod 4, a Standard JSON Schema, or a JSON Schema. */
  readonly schema: unknown;
  invoke(input: never, config?: never): Promise<unknown>;
}

/** A toolkit of LangChain: several tools that belong together. */
export interface LangChainToolkit {
  readonly tools: readonly LangChainTool[];
  getTools?(): readonly LangChainTool[];
}

/** The same, as it is called. */
export interface InvokableTool {
  readonly name: string;
  readonly description?: unknown;
  readonly schema: unknown;
  readonly responseFormat?: unknown;
  readonly metadata?: unknown;
  invoke(input: unknown, config: Record<string, unknown>): Promise<unknown>;
}

/** Tells a tool of LangChain by what is used of it. */
export function isLangChainTool(value: unknown): value is InvokableTool {
  return (
    isRecord(value) &&
    typeof value["name"] === "string" &&
    typeof value["invoke"] === "function" &&
    "schema" in value &&
    // Runnables that are no tools have no schema; their own test of tools is this list.
    Array.isArray(value["lc_namespace"])
  );
}

/** The tools of a list or a toolkit. */
export function toolsOf(collection: readonly LangChainTool[] | LangChainToolkit): readonly unknown[] {
  if (isList(collection)) return collection;
  return collection.getTools?.() ?? collection.tools;
}

function isList(collection: readonly LangChainTool[] | LangChainToolkit): collection is readonly LangChainTool[] {
  return Array.isArray(collection);
}

/** What smoltools keeps in the metadata of a tool, for LangChain has no field for it. */
export interface ToolMetadata {
  outputSchema?: unknown;
  annotations?: unknown;
  /** The schemas as they were, where what stands in their places says less. */
  kept: { inputSchema?: unknown; outputSchema?: unknown };
}

/** The part of a tool's metadata that smoltools knows. */
export function metadataOf(tool: InvokableTool): ToolMetadata {
  const [outputSchema, annotations] = [fieldOf(tool.metadata, "outputSchema"), fieldOf(tool.metadata, "annotations")];
  const kept = fieldOf(tool.metadata, "smoltools");
  return {
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations !== undefined && { annotations }),
    kept: isRecord(kept) ? kept : {},
  };
}

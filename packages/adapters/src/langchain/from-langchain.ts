import { type JsonSchema, type ObjectSchema, type Tool, tool as makeTool } from "@smoltools/core";
import { importInputSchema, importSchema } from "../shared/schema-import/import-schema.ts";
import { keptInputSchema, keptSchema } from "../shared/schema-import/kept-schema.ts";
import { declaredAnnotations } from "../shared/tools/declared-annotations.ts";
import { type SourceToolsOptions, usableTools } from "../shared/tools/usable-tools.ts";
import { callLangChainTool, type ResultPart } from "./call.ts";
import {
  type InvokableTool,
  isLangChainTool,
  type LangChainTool,
  type LangChainToolkit,
  metadataOf,
  toolsOf,
} from "./langchain-tool.ts";
import { loadSchemas } from "./library.ts";

/** Options of {@link toolFromLangchain}. */
export interface FromLangchainOptions {
  /** What the tool is called. Default is its name in LangChain, or the nearest one that a tool can have. */
  name?: string | undefined;
  /**
   * What a tool gives whose `responseFormat` is `"content_and_artifact"`: `"content"`, which LangChain shows to its
   * models; `"artifact"`, which it keeps for the program; or `"both"`, as `{ content, artifact }`.
   * @default "artifact" for tools with an output schema in their metadata, which is that of the artifact; else "both"
   */
  result?: ResultPart | undefined;
}

/** Options of {@link toolsFromLangchain}. */
export type LangchainToolsOptions = SourceToolsOptions & Pick<FromLangchainOptions, "result">;

const source = "LangChain";

/**
 * Makes a tool of a tool of LangChain: of `tool()`, a `DynamicStructuredTool`, a `DynamicTool`, whose one argument is
 * `input`, or a runnable's `asTool()`.
 *
 * Its schema becomes JSON Schema; what zod checks beyond that still is, and its transformations are applied. LangChain
 * has no output schemas: `metadata.outputSchema` is taken for one, and `metadata.annotations` for annotations. Texts
 * are given back as texts, images, sounds and files as `MediaRef`s. The signal, the id of the call and the context of a
 * call are in the tool's config. `returnDirect` means nothing here.
 *
 * @throws ToolSourceError `SOURCE_TOOL_INVALID` when it cannot be used; AdapterError when `@langchain/core` is missing.
 */
export async function toolFromLangchain(tool: LangChainTool, options: FromLangchainOptions = {}): Promise<Tool> {
  const { name, result } = options;
  const rename = name === undefined ? {} : { [nameOf(tool)]: name };
  const [made] = await toolsFromLangchain([tool], { rename, result });
  if (made === undefined) throw new Error("unreachable: a tool that cannot be used is thrown");
  return made;
}

/**
 * Makes tools of a list or a toolkit of LangChain, see {@link toolFromLangchain}.
 *
 * @throws ToolSourceError `SOURCE_TOOL_INVALID` when two of them have one name, or one cannot be used and `onUnusable` is
 *   not given; AdapterError when `@langchain/core` is missing.
 */
export async function toolsFromLangchain(
  tools: readonly LangChainTool[] | LangChainToolkit,
  options: LangchainToolsOptions = {},
): Promise<Tool[]> {
  const items = toolsOf(tools).map((tool) => ({
    name: nameOf(tool),
    make: (name: string) => makeOne(tool, name, options.result),
  }));
  return usableTools(source, items, options);
}

async function makeOne(tool: unknown, name: string, chosen: ResultPart | undefined): Promise<Tool> {
  if (!isLangChainTool(tool)) throw new Error("it is not a LangChain tool: it lacks a name, a schema or invoke");
  const { inputSchema, outputSchema, annotations } = await declarationOf(tool);
  const isData = outputSchema !== undefined;
  const part = chosen ?? (isData ? "artifact" : "both");
  return makeTool<ObjectSchema, JsonSchema>({
    name,
    description:
      typeof tool.description === "string" && tool.description.trim() ? tool.description : `The tool ${name}.`,
    input: inputSchema,
    ...(outputSchema !== undefined && { output: outputSchema }),
    ...declaredAnnotations(annotations, tool.name, name),
    origin: { kind: "langchain" },
    execute: (input, context) => callLangChainTool(tool, input, context, { part, isData }),
  });
}

interface Declaration {
  inputSchema: ObjectSchema;
  outputSchema: JsonSchema | undefined;
  annotations: unknown;
}

async function declarationOf(tool: InvokableTool): Promise<Declaration> {
  const { toJsonSchema } = await loadSchemas();
  const { outputSchema, annotations, kept } = metadataOf(tool);
  const outputSchemaOf = (): JsonSchema | undefined => {
    if (kept.outputSchema !== undefined) return keptSchema(kept.outputSchema);
    return outputSchema === undefined ? undefined : importSchema(json(outputSchema, "output"));
  };
  const json = (schema: unknown, io: "input" | "output"): unknown =>
    toJsonSchema(schema as Parameters<typeof toJsonSchema>[0], { io });
  return {
    inputSchema:
      kept.inputSchema === undefined
        ? importInputSchema(json(tool.schema, "input"))
        : keptInputSchema(kept.inputSchema),
    outputSchema: outputSchemaOf(),
    annotations,
  };
}

function nameOf(tool: unknown): string {
  return isLangChainTool(tool) ? tool.name : "without a name";
}

import type { Tool } from "@smoltools/core";
import { importInputSchema, importSchema } from "../shared/schema-import/import-schema.ts";
import { schemasToKeep } from "../shared/schema-import/kept-schema.ts";
import type { ToolOrAgent } from "../shared/tools/tool-or-agent.ts";
import { toolsByName } from "../shared/tools/tools-by-name.ts";
import { type ModelOutput, toModelOutput } from "./content/to-model-output.ts";
import { asJson, type Json } from "./json.ts";
import { type AiSdkSchema, writeSchema } from "./schema/write-schema.ts";

/** What the AI SDK tells a tool of a call. */
export interface AiSdkCallOptions {
  readonly toolCallId: string;
  readonly abortSignal?: AbortSignal | undefined;
  readonly context?: unknown;
}

/** A tool for the AI SDK: what its `dynamicTool` would return. */
export interface AiSdkDynamicTool {
  type: "dynamic";
  title?: string;
  description: string;
  inputSchema: AiSdkSchema;
  outputSchema?: AiSdkSchema;
  /** For programs: annotations, and what the schemas of the AI SDK cannot hold. Models do not see it. */
  metadata?: { smoltools: Json };
  execute(input: unknown, options: AiSdkCallOptions): Promise<unknown>;
  toModelOutput(call: { output: unknown }): ModelOutput;
}

/**
 * Makes a tool set for the AI SDK of tools and agents, for `generateText`, `streamText` and its agents. The tools' names are its keys.
 *
 * Nothing of the AI SDK is imported: the objects are what its `dynamicTool` returns. Results reach the program as they
 * are; models see texts, media as files, and anything else as JSON. Calls that are aborted abort the tool. The
 * annotations are in `metadata.smoltools`, where `toolsFromAiSdk` finds them: there and back the declarations are the
 * same.
 *
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when two have one name; AgentError `AGENT_CONFIG` for an agent without one.
 */
export function toAiSdk(tools: readonly ToolOrAgent[]): Record<string, AiSdkDynamicTool> {
  return Object.fromEntries([...toolsByName("toAiSdk", tools).values()].map((tool) => [tool.name, dynamicTool(tool)]));
}

function dynamicTool(tool: Tool): AiSdkDynamicTool {
  const { description, inputSchema, outputSchema, annotations } = tool;
  const input = writeSchema(inputSchema);
  const output = outputSchema === undefined ? undefined : writeSchema(outputSchema);
  const read = { input: importInputSchema(input.jsonSchema), output: output && importSchema(output.jsonSchema) };
  const kept = { ...(annotations && { annotations }), ...schemasToKeep(tool, read) };
  return {
    type: "dynamic",
    ...(annotations?.title !== undefined && { title: annotations.title }),
    description,
    inputSchema: input,
    ...(output && { outputSchema: output }),
    ...(Object.keys(kept).length > 0 && { metadata: { smoltools: asJson(kept) } }),
    execute: async (given, { toolCallId, abortSignal, context }) => {
      const result = await tool.call(given, { toolCallId, signal: abortSignal, context });
      // The AI SDK takes nothing for a result that never came.
      return result ?? null;
    },
    toModelOutput: ({ output: result }) => toModelOutput(result),
  };
}

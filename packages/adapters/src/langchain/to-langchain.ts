import type { Tool, ToolContext } from "@smoltools/core";
import type { DynamicStructuredTool } from "@langchain/core/tools";
import { draft07 } from "../shared/schema-export/draft-07.ts";
import { fieldOf, textField } from "../shared/json-access.ts";
import { importInputSchema, importSchema } from "../shared/schema-import/import-schema.ts";
import { schemasToKeep } from "../shared/schema-import/kept-schema.ts";
import { asTool, type ToolOrAgent } from "../shared/tools/tool-or-agent.ts";
import { toContent } from "./content/to-content.ts";
import { loadTools } from "./library.ts";

/**
 * Makes a tool of LangChain of a tool or an agent, for its agents and its models.
 *
 * Its result comes twice, in LangChain's `content_and_artifact`: as content for the model, texts, images and other media
 * as blocks; and as it is, as the artifact. The output schema and the annotations are in its metadata, where
 * `toolFromLangchain` finds them: there and back the declaration is the same.
 *
 * @throws AdapterError when `@langchain/core` is missing; AgentError `AGENT_CONFIG` for an agent without a name.
 */
export async function toLangchain(toolOrAgent: ToolOrAgent): Promise<DynamicStructuredTool> {
  const tool = asTool(toolOrAgent);
  const { tool: makeTool } = await loadTools();
  const schema = draft07(tool.inputSchema);
  const run = async (input: unknown, config: unknown): Promise<[ReturnType<typeof toContent>, unknown]> => {
    const result = await tool.call(input, contextOf(config));
    return [toContent(result), result ?? null];
  };
  return makeTool(run, {
    name: tool.name,
    description: tool.description,
    schema: schema as { type: "object" },
    responseFormat: "content_and_artifact",
    metadata: metadataFor(tool, schema),
  }) as DynamicStructuredTool;
}

function metadataFor(tool: Tool, schema: object): Record<string, unknown> {
  const { outputSchema, annotations } = tool;
  const output = outputSchema === undefined ? undefined : importSchema(outputSchema);
  const kept = schemasToKeep(tool, { input: importInputSchema(schema), output });
  return {
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations !== undefined && { annotations }),
    ...(Object.keys(kept).length > 0 && { smoltools: kept }),
  };
}

function contextOf(config: unknown): ToolContext {
  const signal = fieldOf(config, "signal");
  const toolCallId = textField(fieldOf(config, "toolCall"), "id") ?? textField(config, "toolCallId");
  const context = fieldOf(config, "context");
  return {
    ...(signal instanceof AbortSignal && { signal }),
    ...(toolCallId !== undefined && { toolCallId }),
    ...(context !== undefined && { context }),
  };
}

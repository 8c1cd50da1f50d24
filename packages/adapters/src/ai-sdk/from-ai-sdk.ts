import { type JsonSchema, type ObjectSchema, type Tool, tool as makeTool } from "@smoltools/core";
import { declaredAnnotations } from "../shared/tools/declared-annotations.ts";
import { fieldOf, isRecord } from "../shared/json-access.ts";
import { importInputSchema, importSchema } from "../shared/schema-import/import-schema.ts";
import { keptInputSchema, keptSchema } from "../shared/schema-import/kept-schema.ts";
import { type SourceToolsOptions, usableTools } from "../shared/tools/usable-tools.ts";
import { type AiSdkTool, type AiSdkToolSet, isFunction } from "./ai-sdk-tool.ts";
import type { ApproveCall } from "./approval.ts";
import { callAiSdkTool, type PreliminaryResult } from "./call.ts";
import { readSchema } from "./schema/read-schema.ts";

/** Options of {@link toolsFromAiSdk}. */
export interface FromAiSdkOptions extends SourceToolsOptions {
  /** Asked before a tool runs whose `needsApproval` says so. Without it such tools are not made. */
  approve?: ApproveCall | undefined;
  /** Told of each result that a tool gives before its last one. */
  onPreliminary?: ((result: PreliminaryResult) => void) | undefined;
  /** What descriptions that are functions are made from. */
  context?: unknown;
}

/**
 * Makes tools of a tool set of the AI SDK. The keys are their names.
 *
 * Their schemas become JSON Schema; what zod checks beyond that still is, and transformations are applied. Of a function
 * that yields several results the last one counts. What `toModelOutput` makes is the result where it holds media, which
 * are `MediaRef`s then; else the result is the function's own. Functions get the signal, the id of the call and its
 * context, and no messages. Tools that the provider carries out, and those without `execute`, cannot be used.
 *
 * @throws ToolSourceError `SOURCE_TOOL_INVALID` when two of them would have one name, or one cannot be used and
 *   `onUnusable` is not given; AdapterError when a schema needs the package `ai`, and it is missing.
 */
export async function toolsFromAiSdk(toolSet: AiSdkToolSet, options: FromAiSdkOptions = {}): Promise<Tool[]> {
  const items = Object.entries(toolSet).map(([original, tool]) => ({
    name: original,
    make: (name: string) => makeOne(tool, original, name, options),
  }));
  return usableTools("AI SDK", items, options);
}

async function makeOne(tool: AiSdkTool, original: string, name: string, options: FromAiSdkOptions): Promise<Tool> {
  const { approve, onPreliminary } = options;
  refuseUnusable(tool, approve);
  const input = await readSchema(tool.inputSchema);
  const kept = isRecord(tool.metadata) ? tool.metadata["smoltools"] : undefined;
  const output = tool.outputSchema === undefined ? undefined : await readSchema(tool.outputSchema, "output");
  const context = tool.contextSchema === undefined ? undefined : await readSchema(tool.contextSchema);
  const hasOutputSchema = output !== undefined;
  const [keptInput, keptOutput] = [fieldOf(kept, "inputSchema"), fieldOf(kept, "outputSchema")];
  const annotations = fieldOf(kept, "annotations") ?? { title: tool.title };
  const callable = { tool, name, input, context, approve, onPreliminary, hasOutputSchema };
  return makeTool<ObjectSchema, JsonSchema>({
    name,
    description: descriptionOf(tool, options.context) || `The tool ${name}.`,
    input: keptInput === undefined ? importInputSchema(input.json) : keptInputSchema(keptInput),
    ...(output && { output: keptOutput === undefined ? importSchema(output.json) : keptSchema(keptOutput) }),
    ...declaredAnnotations(annotations, original, name),
    origin: { kind: "ai-sdk" },
    execute: (given, call) => callAiSdkTool(callable, given, call),
  });
}

function refuseUnusable({ type, execute, needsApproval }: AiSdkTool, approve: ApproveCall | undefined): void {
  if (type !== undefined && type !== "function" && type !== "dynamic") {
    throw new Error("it is a tool of a model's provider, and known to that provider's models alone");
  }
  if (!isFunction(execute)) {
    throw new Error("it has no execute: a program that shows it to a person would have to carry it out");
  }
  if (needsApproval !== undefined && needsApproval !== false && !approve) {
    throw new Error("it needs approval, and nobody can be asked: give the option approve");
  }
}

function descriptionOf({ description }: AiSdkTool, context: unknown): string {
  const text = isFunction(description) ? description({ context }) : description;
  return typeof text === "string" ? text.trim() && text : "";
}

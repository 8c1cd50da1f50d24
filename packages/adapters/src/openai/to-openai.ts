import type { ToolDeclaration } from "@smoltools/core";
import { exportInput } from "../shared/schema-export/export-input.ts";
import { exportPlainInput } from "../shared/schema-export/export-plain-input.ts";
import { type ExportedTool, type ExportedTools, exportTools } from "../shared/schema-export/export-tools.ts";
import type { ToolOrAgent } from "../shared/tools/tool-or-agent.ts";
import { openAIStrict } from "./strict-dialect.ts";

/** How tools are written for OpenAI. */
export interface ToOpenAIOptions<Api extends OpenAIApi = OpenAIApi> {
  /**
   * Make the model keep to the schema, which then is the part of JSON Schema that strict mode has: see {@link toOpenAI}.
   * Default true. Without it the model sees the schema as it is.
   */
  strict?: boolean;
  /** The API that the tools are for. Default `chat`: Chat Completions, which other providers offer as well. */
  api?: Api;
}

/** The APIs of OpenAI that take tools: Chat Completions and Responses. */
export type OpenAIApi = "chat" | "responses";

/** A function as OpenAI describes one. */
export interface OpenAIFunction {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
  strict: boolean;
}

/** A tool as the API is told of it. */
export type OpenAITool<Api extends OpenAIApi = "chat"> = Api extends "responses"
  ? OpenAIFunction & { type: "function" }
  : { type: "function"; function: OpenAIFunction };

/**
 * Writes a tool for OpenAI's API, and for the many others that are like it.
 *
 * Strict mode has a part of JSON Schema only. What it lacks takes another form, which the description tells, and
 * `decode` undoes: optional properties are required and may be `null`; objects of unknown keys are lists of `key` and
 * `value`; values of any kind, and objects with both known and unknown keys, are JSON text; limits such as `minLength`
 * are told in words; an input that is a choice stands in a property `input`. Names need nothing: those of tools are
 * shorter and plainer than OpenAI's rule asks (64 letters, digits, `_` and `-`).
 *
 * Source: https://platform.openai.com/docs/guides/structured-outputs, section "Supported schemas".
 *
 * @example
 * const { definition, decode } = toOpenAI(weather);
 * const completion = await client.chat.completions.create({ model, messages, tools: [definition] });
 * const [call] = completion.choices[0].message.tool_calls;
 * await weather.call(decode(call.function.arguments));
 */
export function toOpenAI<Api extends OpenAIApi = "chat">(
  tool: ToolDeclaration,
  options: ToOpenAIOptions<Api> = {},
): ExportedTool<OpenAITool<Api>> {
  const { strict = true, api = "chat" } = options;
  const { name, description, inputSchema } = tool;
  const { schema, decode } = strict ? exportInput(inputSchema, openAIStrict) : exportPlainInput(inputSchema);
  const described: OpenAIFunction = { name, description, parameters: { ...schema }, strict };
  const definition =
    api === "responses" ? { type: "function", ...described } : { type: "function", function: described };
  // The type of the options says which of the two it is.
  return { definition: definition as OpenAITool<Api>, decode };
}

/**
 * Writes several tools for OpenAI's API, and answers the calls of them.
 *
 * @example
 * const { definitions, call } = toOpenAITools([weather, search]);
 * const completion = await client.chat.completions.create({ model, messages, tools: definitions });
 * for (const { function: f } of completion.choices[0].message.tool_calls) await call(f.name, f.arguments);
 *
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when two tools have one name.
 */
export function toOpenAITools<Api extends OpenAIApi = "chat">(
  tools: readonly ToolOrAgent[],
  options: ToOpenAIOptions<Api> = {},
): ExportedTools<OpenAITool<Api>> {
  return exportTools(tools, (tool) => toOpenAI(tool, options));
}

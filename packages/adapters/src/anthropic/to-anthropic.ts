import type { ToolDeclaration } from "@smoltools/core";
import { exportInput } from "../shared/schema-export/export-input.ts";
import { exportPlainInput } from "../shared/schema-export/export-plain-input.ts";
import { type ExportedTool, type ExportedTools, exportTools } from "../shared/schema-export/export-tools.ts";
import type { ToolOrAgent } from "../shared/tools/tool-or-agent.ts";
import { anthropicPropertyName, anthropicStrict } from "./strict-dialect.ts";

/** How tools are written for Anthropic. */
export interface ToAnthropicOptions {
  /**
   * Make the model keep to the schema, which then is the part of JSON Schema that strict mode has: see
   * {@link toAnthropic}. Default false: the model sees the schema as it is.
   */
  strict?: boolean;
}

/** A tool as the Messages API is told of it. */
export interface AnthropicTool {
  name: string;
  description: string;
  input_schema: { type: "object"; [keyword: string]: unknown };
  strict?: true;
}

/**
 * Writes a tool for Anthropic's Messages API.
 *
 * Strict mode has a part of JSON Schema only. What it lacks takes another form, which the description tells, and
 * `decode` undoes: objects of unknown keys are lists of `key` and `value`; values of any kind, objects with both known
 * and unknown keys, and types that contain themselves are JSON text; limits are told in words. Without strict mode the
 * API still wants a plain object at the root, so that an input that is a choice stands in a property `input`, and
 * names of properties of letters, digits, `_`, `.` and `-`: others get one, and their own in the description. Names of
 * tools need nothing: they are shorter and plainer than the API's rule asks.
 *
 * Strict mode counts: at the time of writing it takes 20 strict tools and 24 optional properties a request.
 *
 * Source: https://platform.claude.com/docs/en/build-with-claude/structured-outputs, section "JSON Schema limitations".
 *
 * @example
 * const { definition, decode } = toAnthropic(weather);
 * const message = await client.messages.create({ model, max_tokens, messages, tools: [definition] });
 * for (const block of message.content) if (block.type === "tool_use") await weather.call(decode(block.input));
 */
export function toAnthropic(tool: ToolDeclaration, options: ToAnthropicOptions = {}): ExportedTool<AnthropicTool> {
  const { strict = false } = options;
  const { name, description, inputSchema } = tool;
  const { schema, decode } = strict
    ? exportInput(inputSchema, anthropicStrict)
    : exportPlainInput(inputSchema, anthropicPropertyName);
  return { definition: { name, description, input_schema: { ...schema }, ...(strict && { strict }) }, decode };
}

/**
 * Writes several tools for Anthropic's Messages API, and answers the calls of them.
 *
 * @example
 * const { definitions, call } = toAnthropicTools([weather, search]);
 * const message = await client.messages.create({ model, max_tokens, messages, tools: definitions });
 * for (const block of message.content) if (block.type === "tool_use") await call(block.name, block.input);
 *
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when two tools have one name.
 */
export function toAnthropicTools(
  tools: readonly ToolOrAgent[],
  options: ToAnthropicOptions = {},
): ExportedTools<AnthropicTool> {
  return exportTools(tools, (tool) => toAnthropic(tool, options));
}

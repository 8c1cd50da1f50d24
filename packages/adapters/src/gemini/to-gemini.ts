import type { ToolDeclaration } from "@smoltools/core";
import { exportInput } from "../shared/schema-export/export-input.ts";
import { type ExportedTool, type ExportedTools, exportTools } from "../shared/schema-export/export-tools.ts";
import type { ToolOrAgent } from "../shared/tools/tool-or-agent.ts";
import { geminiDialect } from "./gemini-dialect.ts";

/** A function as the Gemini API is told of it. */
export interface GeminiFunction {
  name: string;
  description: string;
  parametersJsonSchema: Record<string, unknown>;
}

/**
 * Writes a tool for the Gemini API.
 *
 * Gemini reads a part of JSON Schema. What it lacks takes another form, which the description tells, and `decode`
 * undoes: objects with keys by pattern, and types that contain themselves, are JSON text; limits such as `pattern` are
 * told in words; an input that is a choice stands in a property `input`; properties whose names are no identifiers get
 * one, and their own name in the description. Names of tools need nothing: they are shorter and plainer than Gemini's
 * rule asks (letters, digits, `_`, `.`, `:` and `-`, not a digit in front, 64 of them where its rule is strictest).
 *
 * Source: `responseJsonSchema` and `FunctionDeclaration` in the declarations of `@google/genai`.
 *
 * @example
 * const { definition, decode } = toGemini(weather);
 * const config = { tools: [{ functionDeclarations: [definition] }] };
 * const { functionCalls = [] } = await client.models.generateContent({ model, contents, config });
 * for (const { args } of functionCalls) await weather.call(decode(args));
 */
export function toGemini(tool: ToolDeclaration): ExportedTool<GeminiFunction> {
  const { name, description, inputSchema } = tool;
  const { schema, decode } = exportInput(inputSchema, geminiDialect);
  return { definition: { name, description, parametersJsonSchema: { ...schema } }, decode };
}

/**
 * Writes several tools for the Gemini API, and answers the calls of them.
 *
 * @example
 * const { definitions, call } = toGeminiTools([weather, search]);
 * const config = { tools: [{ functionDeclarations: definitions }] };
 * const { functionCalls = [] } = await client.models.generateContent({ model, contents, config });
 * for (const { name, args } of functionCalls) await call(name, args);
 *
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when two tools have one name.
 */
export function toGeminiTools(tools: readonly ToolOrAgent[]): ExportedTools<GeminiFunction> {
  return exportTools(tools, toGemini);
}

import { docText, oneLine } from "../../schema/typescript/doc-text.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";
import { typeText } from "../../schema/typescript/type-text.ts";
import { callStyle } from "../call-arguments.ts";
import type { ToolDeclaration } from "../tool.ts";
import { type RefName, TypeNames } from "./type-names.ts";

/**
 * Prints tools as TypeScript declarations, the form in which a model that writes code is told of them.
 *
 * One parameter a line with its description behind it; types that several tools share by name are printed once, and
 * under different names when they differ. See {@link callStyle} for tools that take one object.
 *
 * @param tools - Their order is kept.
 */
export function renderDeclarations(tools: readonly ToolDeclaration[]): string {
  const names = new TypeNames();
  return tools.map((tool) => renderTool(tool, names)).join("\n\n");
}

/**
 * Prints the function with which code gives its final answer.
 *
 * @param answer - Schema of the answer; `undefined` for any value. Its named types begin with `FinalAnswer`, so that they
 *   are none of the tools'.
 * @param description - What the function does, for the model.
 */
export function renderFinalAnswer(answer: JsonSchema | undefined, description: string): string {
  const types: string[] = [];
  const refNames = new TypeNames("FinalAnswer").of(answer ?? true, "FinalAnswer", types);
  const type = answer === undefined ? "unknown" : typeText(answer, { refName: refNames });
  return [...types, `// ${oneLine(description)}`, `function finalAnswer(value: ${type}): never;`].join("\n");
}

function renderTool(tool: ToolDeclaration, names: TypeNames): string {
  const { inputSchema, outputSchema } = tool;
  const types: string[] = [];
  const inputNames = names.of(inputSchema, `${tool.name}Input`, types);
  const outputNames = names.of(outputSchema ?? true, `${tool.name}Output`, types);
  const returns = typeof outputSchema === "object" ? outputSchema.description : undefined;
  const result = typeof returns === "string" && returns !== "" ? ` Returns: ${oneLine(returns)}` : "";
  const comment = `// ${oneLine(tool.description)}${result}`;
  const parameters =
    callStyle(inputSchema) === "object" ? [inputParameter(tool, inputNames)] : parameterLines(tool, inputNames);
  const type = `Promise<${resultType(outputSchema, outputNames)}>`;
  const head =
    parameters.length === 0 ? `function ${tool.name}()` : `function ${tool.name}(\n${parameters.join("\n")}\n)`;
  return [...types, comment, `${head}: ${type};`].join("\n");
}

function parameterLines({ inputSchema }: ToolDeclaration, refName: RefName): string[] {
  const properties = Object.entries(inputSchema.properties ?? {});
  const required = new Set(inputSchema.required);
  const lastRequired = properties.findLastIndex(([name]) => required.has(name));
  return properties.map(([name, schema], index) => {
    const type = indent(typeText(schema, { refName }));
    // TypeScript allows no required parameter behind an optional one.
    const optional = required.has(name) ? "" : index < lastRequired ? " | undefined" : "?";
    const parameter = optional === "?" ? `${name}?: ${type}` : `${name}: ${type}${optional}`;
    const doc = docText(schema);
    return `  ${parameter},${doc ? ` // ${doc}` : ""}`;
  });
}

function inputParameter({ inputSchema }: ToolDeclaration, refName: RefName): string {
  const optional = (inputSchema.required ?? []).length === 0 && !inputSchema.anyOf && !inputSchema.oneOf ? "?" : "";
  return `  input${optional}: ${indent(typeText(inputSchema, { refName }))},`;
}

function resultType(schema: JsonSchema | undefined, refName: RefName): string {
  if (schema === undefined) return "unknown";
  if (typeof schema === "object" && schema.type === "null") return "void";
  return typeText(schema, { refName });
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

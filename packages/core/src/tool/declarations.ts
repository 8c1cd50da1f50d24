import { canonicalJson } from "../schema/canonical-json.ts";
import { docText, oneLine } from "../schema/doc-text.ts";
import type { JsonSchema, JsonSchemaObject } from "../schema/json-schema.ts";
import { identifier, typeText } from "../schema/type-text.ts";
import { callStyle } from "./call-arguments.ts";
import type { ToolDeclaration } from "./tool.ts";

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

function renderTool(tool: ToolDeclaration, names: TypeNames): string {
  const { inputSchema, outputSchema } = tool;
  const lines: string[] = [];
  const inputNames = names.define(inputSchema, lines);
  const outputNames = outputSchema === undefined ? undefined : names.define(outputSchema, lines);
  const returns = typeof outputSchema === "object" ? outputSchema.description : undefined;
  lines.push(`// ${oneLine(tool.description)}${returns ? ` Returns: ${oneLine(returns)}` : ""}`);
  const result = `Promise<${resultType(outputSchema, outputNames)}>`;
  const parameters =
    callStyle(inputSchema) === "object" ? [inputParameter(tool, inputNames)] : parameterLines(tool, inputNames);
  if (parameters.length === 0) lines.push(`function ${tool.name}(): ${result};`);
  else lines.push(`function ${tool.name}(`, ...parameters, `): ${result};`);
  return lines.join("\n");
}

function parameterLines({ inputSchema }: ToolDeclaration, defName: (key: string) => string): string[] {
  const properties = Object.entries(inputSchema.properties ?? {});
  const required = new Set(inputSchema.required);
  const lastRequired = properties.findLastIndex(([name]) => required.has(name));
  return properties.map(([name, schema], index) => {
    const type = indent(typeText(schema, { defName }));
    // TypeScript allows no required parameter behind an optional one.
    const optional = required.has(name) ? "" : index < lastRequired ? " | undefined" : "?";
    const parameter = optional === "?" ? `${name}?: ${type}` : `${name}: ${type}${optional}`;
    const doc = docText(schema);
    return `  ${parameter},${doc ? ` // ${doc}` : ""}`;
  });
}

function inputParameter({ inputSchema }: ToolDeclaration, defName: (key: string) => string): string {
  const optional = (inputSchema.required ?? []).length === 0 && !inputSchema.anyOf && !inputSchema.oneOf ? "?" : "";
  return `  input${optional}: ${indent(typeText(inputSchema, { defName }))},`;
}

function resultType(schema: JsonSchema | undefined, defName?: (key: string) => string): string {
  if (schema === undefined) return "unknown";
  if (typeof schema === "object" && schema.type === "null") return "void";
  return typeText(schema, defName ? { defName } : {});
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

/** The names of `$defs` in one prompt: they are global there, and two tools may use one name for two types. */
class TypeNames {
  readonly #taken = new Map<string, string>();

  /** Prints the definitions of a schema that were not printed yet; returns the names under which they go. */
  define(schema: JsonSchema, lines: string[]): (key: string) => string {
    const defs = typeof schema === "object" ? { ...definitionsOf(schema), ...schema.$defs } : {};
    const names = new Map<string, string>();
    const fresh: string[] = [];
    // A definition is the same type only if everything that it may refer to is the same as well.
    const meaning = (key: string) => canonicalJson([defs[key], defs]);
    for (const key of Object.keys(defs)) {
      const base = identifier(key);
      let name = base;
      for (let n = 2; (this.#taken.get(name) ?? meaning(key)) !== meaning(key); n++) name = `${base}${n}`;
      if (!this.#taken.has(name)) fresh.push(key);
      this.#taken.set(name, meaning(key));
      names.set(key, name);
    }
    const defName = (key: string) => names.get(key) ?? "unknown";
    for (const key of fresh) lines.push(`type ${defName(key)} = ${typeText(defs[key] ?? true, { defName })};`);
    return defName;
  }
}

/** `definitions` is where drafts before 2019-09 kept what is `$defs` today; schemas in the wild still use it. */
function definitionsOf(schema: JsonSchemaObject): Record<string, JsonSchema> {
  const { definitions } = schema as { definitions?: Record<string, JsonSchema> };
  return definitions ?? {};
}

import { isList } from "../../schema/is-list.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";
import type { ToolDeclaration } from "../../tool/tool.ts";

/**
 * The tools with results that say openly what their schemas allow.
 *
 * A schema that does not forbid other keys is declared to the model as if it did, because that is what is meant nearly
 * always. A check must not refuse code for it: the key may be there.
 */
export function withOpenOutputs(tools: readonly ToolDeclaration[]): ToolDeclaration[] {
  return tools.map(({ name, description, inputSchema, outputSchema }) => ({
    name,
    description,
    inputSchema,
    ...(outputSchema !== undefined && { outputSchema: opened(outputSchema) as JsonSchema }),
  }));
}

function opened(value: unknown): unknown {
  if (isList(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => [key, opened(part)]);
  const schema: Record<string, unknown> = Object.fromEntries(entries);
  return Object.hasOwn(schema, "properties") ? { additionalProperties: true, ...schema } : schema;
}

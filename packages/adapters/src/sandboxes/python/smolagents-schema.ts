import { type JsonSchema, type JsonSchemaTypeName, mediaSchema, type ObjectSchema } from "@smoltools/core";

/** An input of a tool, as smolagents declares it: a type, or several, a description, and keywords of JSON Schema. */
export interface SmolagentsInput {
  type: string | readonly string[];
  description: string;
  /** It may be left out, and be `None`. */
  nullable?: boolean;
  readonly [keyword: string]: unknown;
}

/** JSON Schema of the inputs of a tool: what is nullable may be left out or `null`. */
export function smolagentsInputSchema(inputs: Readonly<Record<string, SmolagentsInput>>): ObjectSchema {
  const entries = Object.entries(inputs);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([name, input]) => [name, inputSchema(input)])),
    required: entries.flatMap(([name, { nullable }]) => (nullable ? [] : [name])),
    additionalProperties: false,
  };
}

/** JSON Schema of what a tool gives. */
export function smolagentsOutputSchema(outputType: string, outputSchema?: JsonSchema): JsonSchema {
  return outputSchema ?? typeSchema(outputType);
}

function inputSchema({ type, description, nullable, ...keywords }: SmolagentsInput): JsonSchema {
  const types = [...new Set([...(typeof type === "string" ? [type] : type), ...(nullable ? ["null"] : [])])];
  if (types.includes("any")) return { ...keywords, description };
  const names = types.filter(isTypeName);
  const [name] = names;
  if (names.length === types.length && name !== undefined) {
    return { ...keywords, type: names.length === 1 ? name : names, description };
  }
  return { description, anyOf: types.map(typeSchema) };
}

function typeSchema(type: string): JsonSchema {
  if (type === "image" || type === "audio") return mediaSchema(type);
  return isTypeName(type) ? { type } : true;
}

function isTypeName(name: string): name is JsonSchemaTypeName {
  return ["string", "number", "integer", "boolean", "null", "array", "object"].includes(name);
}

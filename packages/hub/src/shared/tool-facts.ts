import { schemaTypes } from "./schema-types.ts";
import { isObject } from "./is-object.ts";

/** One input of a tool, or one part of its output, as a search sees it. */
export interface ValueFacts {
  /** The name of the parameter or property; empty for an output as a whole. */
  name: string;
  types: string[];
}

/** What a search knows of a tool. */
export interface ToolFacts {
  name: string;
  description: string;
  inputs: ValueFacts[];
  outputs: ValueFacts[];
}

/** Most inputs, and most parts of an output, that a search knows of a tool. */
const maxValues = 50;
const maxDescription = 500;

/** What a search has to know of a tool, as a manifest declares it; the manifest need not be a good one. */
export function toolFacts(tool: unknown): ToolFacts {
  const { name, description, inputSchema, outputSchema } = isObject(tool) ? tool : {};
  return {
    name: typeof name === "string" ? name.slice(0, 100) : "",
    description: typeof description === "string" ? description.slice(0, maxDescription) : "",
    inputs: properties(inputSchema),
    outputs: outputSchema === undefined ? [] : outputFacts(outputSchema),
  };
}

/**
 * True when one of the values is what is looked for.
 *
 * @param wanted - A type (`image`), a name (`city`), or both (`city:string`).
 */
export function matchesValue(values: readonly ValueFacts[], wanted: string): boolean {
  const [first = "", type] = wanted.split(/:(.*)/s);
  if (type !== undefined) return values.some((value) => value.name === first && value.types.includes(type));
  return values.some(({ name, types }) => name === wanted || types.includes(wanted));
}

function outputFacts(schema: unknown): ValueFacts[] {
  const types = schemaTypes(schema);
  // The properties of an image say nothing of it.
  return [{ name: "", types }, ...(types.includes("object") ? properties(schema) : [])];
}

function properties(schema: unknown): ValueFacts[] {
  const declared = isObject(schema) ? schema["properties"] : undefined;
  if (!isObject(declared)) return [];
  return Object.entries(declared)
    .slice(0, maxValues)
    .map(([name, property]) => ({ name: name.slice(0, 100), types: schemaTypes(property, schema) }));
}

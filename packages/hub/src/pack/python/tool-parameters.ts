import type { JsonSchema, ObjectSchema } from "@smoltools/core";
import { parameterText } from "./parameter-text.ts";
import { pythonNames } from "./python-names.ts";
import { pythonHints, type PythonToolType, pythonType } from "./python-type.ts";

/** A parameter of a tool, as a method of Python declares it. */
export interface ToolParameter {
  /** Name in Python. */
  name: string;
  /** Name in the tool's input. */
  key: string;
  type: PythonToolType;
  description: string;
  /** It may be left out, or be `None`. */
  isOptional: boolean;
}

/** The parameters of a tool in Python. */
export interface ToolParameters {
  /** Those that have to be given come first. */
  list: ToolParameter[];
  /** The only parameter, `input`, is the input itself. */
  takesObject: boolean;
}

/**
 * The parameters with which a tool is called from Python: one for each property of its input.
 *
 * An input whose keys are not all known beforehand, or that has alternatives at its root, is one parameter `input`.
 */
export function toolParameters(schema: ObjectSchema): ToolParameters {
  if (!hasKnownKeys(schema)) {
    const description = parameterText("input", { ...schema, description: schema.description ?? "The input." }, true);
    const isOptional = (schema.required ?? []).length === 0 && !schema.anyOf && !schema.oneOf;
    return { list: [{ name: "input", key: "input", type: "object", description, isOptional }], takesObject: true };
  }
  const properties = Object.entries(schema.properties ?? {});
  const names = pythonNames(properties.map(([key]) => key));
  const required = new Set(schema.required);
  const all = properties.map(([key, property]): ToolParameter => {
    const { type, nullable } = pythonType(property, schema);
    const name = names.get(key) ?? key;
    const isStructure = type === "array" || type === "object" || type === "any";
    const description = parameterText(key, property, isStructure);
    return { name, key, type, description, isOptional: nullable || !required.has(key) };
  });
  // Python allows no parameter without a default behind one that has it.
  const list = [...all.filter(({ isOptional }) => !isOptional), ...all.filter(({ isOptional }) => isOptional)];
  return { list, takesObject: false };
}

/** `city: str`, `days: Optional[int] = None`. */
export function parameterCode({ name, type, isOptional }: ToolParameter): string {
  const hint = pythonHints[type];
  return isOptional ? `${name}: Optional[${hint}] = None` : `${name}: ${hint}`;
}

function hasKnownKeys(schema: ObjectSchema): boolean {
  if (schema.anyOf || schema.oneOf || schema.allOf || schema.$ref !== undefined || schema.patternProperties)
    return false;
  return isClosed(schema.additionalProperties) || (schema.additionalProperties === undefined && hasProperties(schema));
}

function isClosed(additional: JsonSchema | undefined): boolean {
  return additional === false;
}

function hasProperties({ properties }: ObjectSchema): boolean {
  return properties !== undefined && Object.keys(properties).length > 0;
}

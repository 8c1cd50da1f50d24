import type { JsonSchema, ObjectSchema } from "@smoltools/core";
import { isRecord, parseJson } from "../json-access.ts";
import type { Dialect } from "./dialect.ts";
import { FormWriter } from "./form-writer.ts";

/** The input of a tool as a provider is told of it. */
export interface ExportedInput {
  readonly schema: ObjectSchema;
  /**
   * Makes the tool's input of the arguments of a call, also of their JSON text. Never throws: what it does not know
   * stays as it is, to be judged by the tool.
   */
  readonly decode: (args: unknown) => unknown;
}

/** The only argument where the input itself cannot be: providers take nothing but a plain object there. */
const wrapper = "input";

/** Writes the input of a tool in a dialect that has its own forms: those of strict modes, and Gemini's. */
export function exportInput(input: ObjectSchema, dialect: Dialect): ExportedInput {
  const writer = new FormWriter(input, dialect);
  const { schema, decode, kind } = writer.form(dialect.anything === "text" ? withoutFreeRoot(input) : input);
  const { definitions } = writer;
  const $defs = Object.keys(definitions).length > 0 ? { $defs: definitions } : {};
  if (schema.type === "object" && kind === undefined) {
    return { schema: { ...schema, type: "object", ...$defs }, decode: decodeArguments(decode) };
  }
  return { schema: { ...wrapped(schema), ...$defs }, decode: decodeArguments(unwrapped(decode)) };
}

/** A tool whose input is said to be an object, and no more, is one without arguments. */
function withoutFreeRoot(input: ObjectSchema): ObjectSchema {
  const { properties = {}, required = [], additionalProperties, patternProperties, $ref, allOf, anyOf, oneOf } = input;
  const names = [...Object.keys(properties), ...required];
  const says = [additionalProperties, patternProperties, $ref, allOf, anyOf, oneOf].some((part) => part !== undefined);
  return names.length > 0 || says ? input : { ...input, additionalProperties: false };
}

/** An object whose only property is the input. */
export function wrapped(schema: JsonSchema): ObjectSchema {
  return {
    type: "object",
    properties: { [wrapper]: schema },
    required: [wrapper],
    additionalProperties: false,
  };
}

/** Takes the input out of the object around it, where there is one. */
export function unwrapped(decode: (value: unknown) => unknown): (args: unknown) => unknown {
  return (args) =>
    decode(isRecord(args) && Object.hasOwn(args, wrapper) && Object.keys(args).length === 1 ? args[wrapper] : args);
}

/** Reads the arguments of a call: no arguments are an empty input, and a text is the JSON of them. */
export function decodeArguments(decode: (value: unknown) => unknown): (args: unknown) => unknown {
  return (args) => {
    if (args === undefined || args === null || args === "") return {};
    const value = typeof args === "string" ? (parseJson(args) ?? args) : args;
    try {
      return decode(value);
    } catch (error) {
      // Nested deeper than the stack is: the tool's own check will refuse it.
      if (error instanceof RangeError) return value;
      throw error;
    }
  };
}

import type { JsonSchemaObject } from "@smoltools/core";
import { type Form, type FormContext, unchanged } from "./form.ts";

/** The form of a value that is no list, object or choice. */
export function scalarForm(schema: JsonSchemaObject, context: FormContext): Form {
  return {
    schema: { ...(schema.type !== undefined && { type: schema.type }), ...context.kept(schema) },
    decode: unchanged,
  };
}

import type { JsonValue, ObjectSchema } from "@smoltools/core";
import { plainDialect } from "./dialect.ts";
import { FormWriter } from "./form-writer.ts";

/**
 * Takes away the `null`s that stand for properties left out: optional ones whose schema takes no `null`, at every
 * depth. Grammars and strict modes cannot leave a property out, and models that can write `null` all the same.
 *
 * @param schema - The schema as it was asked for.
 */
export function withoutLeftOutNulls(value: JsonValue, schema: ObjectSchema): JsonValue {
  return new FormWriter(schema, plainDialect).form(schema).decode(value) as JsonValue;
}

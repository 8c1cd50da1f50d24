import type { JsonSchemaObject } from "@smoltools/core";
import { mapSubschemas } from "../../map-subschemas.ts";

/**
 * The schema without keywords that JSON Schema does not know and only this project's code reads: `x-ts`, `x-open` and
 * all others that begin with `x-`.
 */
export function withoutExtensions<S extends JsonSchemaObject>(schema: S): S {
  const own = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keyword.startsWith("x-")));
  return mapSubschemas(own, (inner) => (typeof inner === "boolean" ? inner : withoutExtensions(inner))) as S;
}

import { followKeys, pointerKeys } from "./json-pointer.ts";
import type { JsonSchema } from "./json-schema.ts";
import { isSchema } from "./subschemas.ts";

/** What a `$ref` by place, such as `#/$defs/Name`, leads to: the keys of the place, and the schema there. */
export interface RefTarget {
  readonly keys: readonly string[];
  readonly schema: JsonSchema;
}

/** Follows a `$ref` by place within a schema; `undefined` when it leads nowhere, or out of the schema. */
export function refTarget(root: JsonSchema, ref: string): RefTarget | undefined {
  if (ref !== "#" && !ref.startsWith("#/")) return undefined;
  const keys = pointerKeys(ref.slice(1));
  const schema = followKeys(root, keys);
  return isSchema(schema) ? { keys, schema } : undefined;
}

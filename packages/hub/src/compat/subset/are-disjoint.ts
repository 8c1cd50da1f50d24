import { canonicalJson, type JsonSchema, type JsonSchemaObject, type JsonValue } from "@smoltools/core";
import { typesOf } from "./schema-node.ts";

/** True when no value can fit both: their types differ, or a property that both require has different constants. */
export function areDisjoint(a: JsonSchema, b: JsonSchema): boolean {
  if (typeof a === "boolean" || typeof b === "boolean" || a.$ref !== undefined || b.$ref !== undefined) return false;
  if (a.const !== undefined && b.const !== undefined) return canonicalJson(a.const) !== canonicalJson(b.const);
  const types = (schema: JsonSchemaObject) => typesOf(schema).map((type) => (type === "integer" ? "number" : type));
  if (!types(a).some((type) => types(b).includes(type))) return true;
  if (a.type !== "object" || b.type !== "object") return false;
  return (a.required ?? []).some((key) => {
    const left = constantOf(a, key);
    const right = b.required?.includes(key) ? constantOf(b, key) : undefined;
    return left !== undefined && right !== undefined && canonicalJson(left) !== canonicalJson(right);
  });
}

function constantOf({ properties = {} }: JsonSchemaObject, key: string): JsonValue | undefined {
  const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
  return typeof property === "object" ? property.const : undefined;
}

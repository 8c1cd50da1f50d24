import { canonicalJson, type JsonSchema, type JsonSchemaObject, type JsonSchemaTypeName } from "@smoltools/core";
import { asObject, typesOf } from "./schema-node.ts";

/** The conjunction of two schemas as one: exact, or accepting more than both would together. */
export interface Merged {
  schema: JsonSchemaObject;
  exact: boolean;
}

/** Keywords of which the greater value is the stricter one. */
const stricterIsGreater: ReadonlySet<string> = new Set([
  "minimum",
  "exclusiveMinimum",
  "minLength",
  "minItems",
  "minProperties",
]);
const stricterIsLess: ReadonlySet<string> = new Set([
  "maximum",
  "exclusiveMaximum",
  "maxLength",
  "maxItems",
  "maxProperties",
]);

/**
 * Merges two schemas that hold together, as the parts of an `allOf` do.
 *
 * What cannot be merged is left out of one of them, so that the result accepts at least what both accept.
 */
export function merge(first: JsonSchema, second: JsonSchema): Merged {
  const a = asObject(first);
  const b = asObject(second);
  const merged: Record<string, unknown> = { ...a };
  // Which names are "additional" depends on the properties beside it, so it holds only for its own part.
  const isOpenEnough = sameKeys(a, b) || (isOpen(a) && isOpen(b));
  let exact = isOpenEnough;
  for (const [keyword, value] of Object.entries(b)) {
    const partners = partnersOf(keyword);
    if (partners.some((partner) => Object.hasOwn(a, partner))) {
      // One keyword's meaning hangs on the other's: only whole groups that are equal can be kept.
      exact &&= partners.every((partner) => sameKeyword(partner, a, b));
      continue;
    }
    if (!Object.hasOwn(a, keyword)) {
      merged[keyword] = value;
      continue;
    }
    const both = mergeKeyword(keyword, a, b);
    if (both === undefined) exact = false;
    else merged[keyword] = both;
  }
  if (!isOpenEnough) closeTogether(a, b, merged);
  return { schema: merged as JsonSchemaObject, exact };
}

const groups: readonly (readonly string[])[] = [
  ["contains", "minContains", "maxContains"],
  ["if", "then", "else"],
];

function partnersOf(keyword: string): readonly string[] {
  return groups.find((group) => group.includes(keyword)) ?? [];
}

function sameKeyword(keyword: string, a: JsonSchemaObject, b: JsonSchemaObject): boolean {
  return canonicalJson(Reflect.get(a, keyword) ?? null) === canonicalJson(Reflect.get(b, keyword) ?? null);
}

function mergeKeyword(keyword: string, a: JsonSchemaObject, b: JsonSchemaObject): unknown {
  const left: unknown = Reflect.get(a, keyword);
  const right: unknown = Reflect.get(b, keyword);
  if (canonicalJson(left) === canonicalJson(right)) return left;
  if (stricterIsGreater.has(keyword)) return Math.max(Number(left), Number(right));
  if (stricterIsLess.has(keyword)) return Math.min(Number(left), Number(right));
  if (keyword === "required") return [...new Set([...(a.required ?? []), ...(b.required ?? [])])];
  if (keyword === "allOf") return [...(a.allOf ?? []), ...(b.allOf ?? [])];
  if (keyword === "uniqueItems") return true;
  if (keyword === "type") return commonTypes(typesOf(a), typesOf(b));
  if (keyword === "enum") {
    const texts = new Set(b.enum?.map((value) => canonicalJson(value)));
    return a.enum?.filter((value) => texts.has(canonicalJson(value)));
  }
  if (keyword === "properties") return bothMaps(a.properties ?? {}, b.properties ?? {});
  if (keyword === "patternProperties") return bothMaps(a.patternProperties ?? {}, b.patternProperties ?? {});
  if (keyword === "additionalProperties" && sameKeys(a, b)) return { allOf: [left, right] };
  if (keyword === "items" && (a.prefixItems?.length ?? 0) === (b.prefixItems?.length ?? 0))
    return { allOf: [left, right] };
  if (["title", "description", "default", "examples", "x-open"].includes(keyword)) return left;
  return undefined;
}

function commonTypes(a: readonly JsonSchemaTypeName[], b: readonly JsonSchemaTypeName[]): JsonSchemaTypeName[] {
  const narrowed = (name: JsonSchemaTypeName, others: readonly JsonSchemaTypeName[]) =>
    others.includes(name) || (name === "integer" && others.includes("number"));
  return [...new Set([...a.filter((name) => narrowed(name, b)), ...b.filter((name) => narrowed(name, a))])];
}

function bothMaps(
  a: Readonly<Record<string, JsonSchema>>,
  b: Readonly<Record<string, JsonSchema>>,
): Record<string, JsonSchema> {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const both = [...names].map((name): [string, JsonSchema] => {
    const parts = [a, b].flatMap((map) => (Object.hasOwn(map, name) ? [map[name] ?? true] : []));
    return [name, parts.length === 1 ? (parts[0] ?? true) : { allOf: parts }];
  });
  return Object.fromEntries(both);
}

function isOpen({ additionalProperties = true, unevaluatedProperties = true }: JsonSchemaObject): boolean {
  return additionalProperties === true && unevaluatedProperties === true;
}

/** True when "additional" means the same names in both. */
function sameKeys(a: JsonSchemaObject, b: JsonSchemaObject): boolean {
  const names = (schema: JsonSchemaObject) =>
    canonicalJson([Object.keys(schema.properties ?? {}).sort(), Object.keys(schema.patternProperties ?? {}).sort()]);
  return names(a) === names(b);
}

/** A name that one part forbids is forbidden; what the other says of further names is left out, which accepts more. */
function closeTogether(a: JsonSchemaObject, b: JsonSchemaObject, merged: Record<string, unknown>): void {
  const properties = { ...(merged["properties"] as Record<string, JsonSchema> | undefined) };
  for (const [own, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (own.additionalProperties !== false || own.patternProperties) continue;
    for (const name of Object.keys(other.properties ?? {})) {
      if (!Object.hasOwn(own.properties ?? {}, name)) properties[name] = false;
    }
  }
  merged["properties"] = properties;
  const isClosed = a.additionalProperties === false || b.additionalProperties === false;
  const hasPatterns = a.patternProperties !== undefined || b.patternProperties !== undefined;
  if (isClosed && !hasPatterns) merged["additionalProperties"] = false;
  else delete merged["additionalProperties"];
}

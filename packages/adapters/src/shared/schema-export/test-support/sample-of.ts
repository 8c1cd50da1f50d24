import type { JsonSchema, JsonSchemaObject, JsonValue } from "@smoltools/core";
import fc from "fast-check";

/** Values of a schema that was exported: it has only the keywords that providers know. */
export function sampleOf(schema: JsonSchema, root: JsonSchemaObject, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema === "boolean") return fc.jsonValue({ maxDepth: 1 });
  const { $ref, anyOf, enum: values, const: constant, type } = schema;
  if ($ref !== undefined) return sampleOf(root.$defs?.[$ref.slice("#/$defs/".length)] ?? true, root, depth + 1);
  if (anyOf) {
    const plain = anyOf.filter((branch) => typeof branch === "object" && branch.type !== "array" && !branch.$ref);
    const branches = depth > 6 && plain.length > 0 ? plain : anyOf;
    return fc.oneof(...branches.map((branch) => sampleOf(branch, root, depth + 1)));
  }
  if (constant !== undefined) return fc.constant(constant);
  if (values) return fc.constantFrom<JsonValue[]>(...values);
  if (type === undefined) return fc.jsonValue({ maxDepth: 1 });
  return fc.oneof(...[type].flat().map((name) => ofType(name, withToldLimits(schema), root, depth)));
}

function ofType(type: string, schema: JsonSchemaObject, root: JsonSchemaObject, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return schema.description?.includes("(always true)") ? fc.constant(true) : fc.boolean();
    case "integer":
    case "number":
      return numbers(schema);
    case "string":
      return sampleText(schema);
    case "array":
      return lists(schema, root, depth);
    default:
      return objects(schema, root, depth);
  }
}

function numbers({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf = 1,
}: JsonSchemaObject): fc.Arbitrary<number> {
  const least = minimum ?? (exclusiveMinimum === undefined ? -100 : exclusiveMinimum + 1);
  const most = maximum ?? (exclusiveMaximum === undefined ? least + 100 : exclusiveMaximum - 1);
  return fc
    .integer({ min: Math.ceil(least / multipleOf), max: Math.floor(most / multipleOf) })
    .map((count) => count * multipleOf);
}

/** Limits that a form does not have are in its description: a model reads them there, and so does this. */
function withToldLimits(schema: JsonSchemaObject): JsonSchemaObject {
  const told = [...(schema.description ?? "").matchAll(/\b([a-zA-Z]+) (-?[\d.]+)(?=[,)])/g)];
  return { ...Object.fromEntries(told.map(([, keyword, value]) => [keyword, Number(value)])), ...schema };
}

function sampleText({ description = "", format, pattern, minLength = 0 }: JsonSchemaObject): fc.Arbitrary<string> {
  if (description.includes("any JSON value, as JSON text"))
    return fc.jsonValue({ maxDepth: 1 }).map((v) => JSON.stringify(v));
  if (description.includes("a JSON object, as JSON text")) {
    return fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })).map((value) => JSON.stringify(value));
  }
  if (format === "date-time" || description.includes("format date-time")) return fc.constant("2026-01-02T03:04:05Z");
  if (format === "email" || description.includes("format email")) return fc.constant("a@example.org");
  if (format === "date" || description.includes("format date")) return fc.constant("2026-01-02");
  if (format === "uri" || description.includes("format uri")) return fc.constant("https://example.org/");
  const told = pattern ?? /pattern (\^\S*\$)/.exec(description)?.[1];
  if (told !== undefined) return fc.stringMatching(new RegExp(told)).filter((text) => text.length < 50);
  return fc.string({ minLength: Math.max(minLength, 1), maxLength: Math.max(minLength, 8) });
}

function lists(schema: JsonSchemaObject, root: JsonSchemaObject, depth: number): fc.Arbitrary<unknown> {
  const { items = true, prefixItems, minItems = 0, maxItems = Math.max(minItems, depth > 4 ? 0 : 3) } = schema;
  if (prefixItems) return fc.tuple(...prefixItems.map((item) => sampleOf(item, root, depth + 1)));
  if (maxItems === 0 || depth > 6) return fc.constant([]);
  return fc.array(sampleOf(items, root, depth + 1), { minLength: minItems, maxLength: maxItems });
}

function objects(schema: JsonSchemaObject, root: JsonSchemaObject, depth: number): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties = false } = schema;
  const members = Object.entries(properties).map(([name, property]) => {
    const given = sampleOf(property, root, depth + 1).map((value): [string, unknown][] => [[name, value]]);
    return required.includes(name) ? given : fc.oneof(given, fc.constant<[string, unknown][]>([]));
  });
  const others =
    additionalProperties === false
      ? fc.constant<[string, unknown][]>([])
      : fc.array(fc.tuple(fc.constantFrom("x1", "x2"), sampleOf(additionalProperties, root, depth + 1)), {
          maxLength: 2,
        });
  return fc.tuple(...members, others).map((lists) => Object.fromEntries(lists.flat()));
}

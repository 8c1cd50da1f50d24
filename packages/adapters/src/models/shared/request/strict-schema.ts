import type { JsonSchema, ObjectSchema } from "@smoltools/core";

/** Every keyword that strict mode knows; one that it does not know makes it refuse the request. */
const strictKeywords = new Set(
  (
    "$ref $defs type enum const anyOf title description properties required additionalProperties items minItems " +
    "maxItems pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf"
  ).split(" "),
);

/**
 * True when a schema keeps to what OpenAI's strict mode asks for: each object lists all of its properties as required
 * and allows no others. Other schemas are sent without `strict`, which would be refused.
 *
 * Source: https://platform.openai.com/docs/guides/structured-outputs, section "Supported schemas".
 */
export function isStrictSchema(schema: ObjectSchema): boolean {
  return schema.anyOf === undefined && isStrict(schema);
}

function isStrict(schema: JsonSchema): boolean {
  if (typeof schema === "boolean") return false;
  if (!Object.keys(schema).every((keyword) => strictKeywords.has(keyword))) return false;
  const { type, properties = {}, required = [], items, anyOf = [], $defs = {} } = schema;
  if (type === "object" || (Array.isArray(type) && type.includes("object"))) {
    if (schema.additionalProperties !== false) return false;
    if (!Object.keys(properties).every((name) => required.includes(name))) return false;
  }
  const parts = [...Object.values(properties), ...Object.values($defs), ...anyOf];
  return parts.every(isStrict) && (items === undefined || isStrict(items));
}

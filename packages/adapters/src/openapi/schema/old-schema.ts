/**
 * Writes the keywords of one schema of OpenAPI 3.0 in JSON Schema; the schemas within it are not looked at.
 *
 * `nullable` becomes a type. Marks on bounds stay as in draft 4, see `importSchema`.
 *
 * Source: OpenAPI 3.0.4, "Schema Object", and the changes of 3.1.
 */
export function fromOldSchema(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // What stands beside a reference means nothing in OpenAPI 3.0.
  if (typeof schema["$ref"] === "string") return { $ref: schema["$ref"] };
  const { nullable, ...rest } = schema;
  if (nullable !== true) return rest;
  const { type, enum: values } = rest;
  if (typeof type !== "string") return { anyOf: [rest, { type: "null" }], ...describing(rest) };
  const withNull = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  return { ...rest, type: [type, "null"], ...withNull };
}

/** What the schema around says too, for whoever reads it. */
function describing(schema: Record<string, unknown>): Record<string, unknown> {
  return typeof schema["description"] === "string" ? { description: schema["description"] } : {};
}

import { type JsonSchema, type ObjectSchema, SchemaValidator } from "@smoltools/core";
import { importInputSchema, importSchema } from "../../shared/schema-import/import-schema.ts";

/**
 * The schema of a tool's input, as a server declares it, in any draft of JSON Schema.
 *
 * @throws Error for one that is not a schema, or not of an object; SmoltoolsError `SCHEMA_INVALID` for one that cannot be used,
 *   such as one with a `$ref` to the network.
 */
export function inputSchemaOf(declared: unknown): ObjectSchema {
  if (declared === undefined || declared === null) return { type: "object", properties: {} };
  const schema = importInputSchema(declared);
  checkSchema(schema);
  return schema;
}

/** The schema of a tool's result, as a server declares it. @throws as {@link inputSchemaOf} */
export function outputSchemaOf(declared: unknown): JsonSchema {
  const schema = importSchema(declared);
  checkSchema(schema);
  return schema;
}

function checkSchema(schema: JsonSchema): void {
  void new SchemaValidator(schema);
}

import { type JsonSchema, type JsonSchemaObject, type ObjectSchema, SchemaValidator } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";

/**
 * The schema of a tool's input, as a server declares it.
 *
 * @throws SmoltoolsError `SCHEMA_INVALID` for one that cannot be used, such as one with a `$ref` to the network.
 */
export function inputSchemaOf(declared: unknown): ObjectSchema {
  if (declared === undefined || declared === null) return { type: "object", properties: {} };
  if (!isRecord(declared)) throw new Error("its inputSchema is no object");
  const { type = "object" } = declared;
  const isObject = type === "object" || (Array.isArray(type) && type.includes("object"));
  if (!isObject) throw new Error(`its inputSchema is of the type ${JSON.stringify(type)}, and must be of "object"`);
  const schema: ObjectSchema = { ...declared, type: "object" };
  checkSchema(schema);
  return schema;
}

/** The schema of a tool's result, as a server declares it. @throws as {@link inputSchemaOf} */
export function outputSchemaOf(declared: unknown): JsonSchema {
  if (typeof declared !== "boolean" && !isRecord(declared)) throw new Error("its outputSchema is no schema");
  const schema: boolean | JsonSchemaObject = declared;
  checkSchema(schema);
  return schema;
}

function checkSchema(schema: JsonSchema): void {
  void new SchemaValidator(schema);
}

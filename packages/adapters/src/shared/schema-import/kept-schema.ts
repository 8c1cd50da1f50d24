import { type JsonSchema, type ObjectSchema, SchemaValidator } from "@smoltools/core";
import { isRecord } from "../json-access.ts";
import { importSchema } from "./import-schema.ts";

/**
 * A schema that was kept beside one that another framework can read, because that says less. It is taken as it is.
 *
 * @throws Error for one that is none; SmoltoolsError `SCHEMA_INVALID` for one that cannot be used.
 */
export function keptSchema(kept: unknown): JsonSchema {
  if (typeof kept === "boolean") return kept;
  // Importing finds what is no schema at any depth. What it makes of it is not needed.
  importSchema(kept);
  const schema = kept as JsonSchema;
  void new SchemaValidator(schema);
  return schema;
}

/** The same for the input of a tool. @throws as {@link keptSchema} */
export function keptInputSchema(kept: unknown): ObjectSchema {
  if (!isRecord(kept) || kept["type"] !== "object") throw new Error("its input is no object");
  return keptSchema(kept) as ObjectSchema;
}

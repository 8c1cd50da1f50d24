import { SmoltoolsError } from "../errors/smoltools-error.ts";
import type { JsonSchemaObject } from "./json-schema.ts";
import type { StandardSchema } from "./standard-schema.ts";

/**
 * The JSON Schema of a Standard Schema, asked from the library itself.
 *
 * @param schema - A schema whose library implements Standard JSON Schema (zod 4.2 and later do).
 * @param side - What goes in, before transformations and defaults, or what comes out.
 * @throws SmoltoolsError `SCHEMA_UNSUPPORTED` when the library hands over no JSON Schema, or not for this schema.
 */
export function fromStandardSchema(schema: StandardSchema, side: "input" | "output"): JsonSchemaObject {
  const { vendor, jsonSchema } = schema["~standard"];
  if (!jsonSchema) {
    throw new SmoltoolsError(
      `This version of ${vendor} cannot tell its JSON Schema (no ~standard.jsonSchema): update ${vendor}, or give the ` +
        "schema as JSON Schema",
      { code: "SCHEMA_UNSUPPORTED", data: { vendor } },
    );
  }
  let converted: Record<string, unknown>;
  try {
    converted = jsonSchema[side]({ target: "draft-2020-12" });
  } catch (cause) {
    throw new SmoltoolsError(`${vendor} cannot express this schema as JSON Schema 2020-12`, {
      code: "SCHEMA_UNSUPPORTED",
      data: { vendor },
      cause,
    });
  }
  const { $schema: _dialect, ...rest } = converted;
  return rest as JsonSchemaObject;
}

import { jsonEqual, type JsonValue, type ObjectSchema } from "@smoltools/core";
import { openAIStrict } from "../../../openai/strict-dialect.ts";
import { exportInput } from "../../../shared/schema-export/export-input.ts";

/**
 * True when a schema keeps to what OpenAI's strict mode asks for, so that nothing of it has to be written in another
 * way: each object lists all of its properties as required and allows no others. Other schemas are sent without
 * `strict`, which would be refused.
 *
 * Source: https://platform.openai.com/docs/guides/structured-outputs, section "Supported schemas".
 */
export function isStrictSchema(schema: ObjectSchema): boolean {
  const { schema: exported } = exportInput(schema, openAIStrict);
  return jsonEqual(asJson(exported), asJson(schema));
}

/** A schema as it is sent. Which properties are required is no matter of order. */
function asJson(schema: ObjectSchema): JsonValue {
  const text = JSON.stringify(schema, (keyword, value: unknown) =>
    keyword === "required" && Array.isArray(value) ? [...value].sort() : value,
  );
  return JSON.parse(text) as JsonValue;
}

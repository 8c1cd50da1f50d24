import {
  findingsText,
  type JsonSchema,
  type JsonSchemaObject,
  SchemaValidator,
  type StandardSchema,
} from "@smoltools/core";
import { draft07 } from "../../shared/schema-export/draft-07.ts";

/** Marks schemas of the AI SDK. */
export const schemaSymbol: unique symbol = Symbol.for("vercel.ai.schema");

/** What a check of a value answers, in the words of the AI SDK. */
type Validation = { success: true; value: unknown } | { success: false; error: Error };

/** A schema that the AI SDK takes for one of its own. To TypeScript it is a Standard Schema, which needs no import. */
export interface AiSdkSchema extends StandardSchema {
  readonly [schemaSymbol]: true;
  readonly jsonSchema: Record<string, unknown>;
  readonly validate: (value: unknown) => Validation;
}

/** The schema as a schema of the AI SDK: its JSON Schema is of draft 7. */
export function writeSchema(schema: JsonSchema): AiSdkSchema {
  const json = draft07(schemaObject(schema));
  let validator: SchemaValidator | undefined;
  const wrong = (value: unknown): string => findingsText((validator ??= new SchemaValidator(schema)).findings(value));
  return {
    [schemaSymbol]: true,
    jsonSchema: json,
    validate: (value) => {
      const text = wrong(value);
      return text === "" ? { success: true, value } : { success: false, error: new Error(text) };
    },
    "~standard": {
      version: 1,
      vendor: "smoltools",
      validate: (value) => {
        const text = wrong(value);
        return text === "" ? { value } : { issues: [{ message: text }] };
      },
      jsonSchema: { input: () => json, output: () => json },
    },
  };
}

/** Draft 7 has `true` and `false` too, the types of the AI SDK do not. */
function schemaObject(schema: JsonSchema): JsonSchemaObject {
  if (typeof schema === "object") return schema;
  return schema ? {} : { not: {} };
}

import type { JsonSchema, StandardSchema } from "@smoltools/core";

/**
 * A JSON Schema together with the TypeScript type that it describes, so that a tool's `call` is typed.
 *
 * It checks nothing itself: a tool checks its input against the JSON Schema before anything else sees it.
 */
export function typedSchema<T>(schema: Exclude<JsonSchema, boolean>): StandardSchema<T> {
  const json = (): Record<string, unknown> => ({ ...schema });
  return {
    "~standard": {
      version: 1,
      vendor: "smoltools",
      validate: (value) => ({ value: value as T }),
      jsonSchema: { input: json, output: json },
    },
  };
}

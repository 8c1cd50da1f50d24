import {
  canonicalJson,
  type JsonSchema,
  type ObjectSchema,
  SchemaValidator,
  type ToolDeclaration,
} from "@smoltools/core";
import { isRecord } from "../json-access.ts";
import { importSchema } from "./import-schema.ts";

/**
 * A schema that was kept beside one that another framework can read, because that says less. It is taken as it is.
 *
 * @throws Error for one that is not a schema; SmoltoolsError `SCHEMA_INVALID` for one that cannot be used.
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
  if (!isRecord(kept) || kept["type"] !== "object") throw new Error("its input is not an object");
  return keptSchema(kept) as ObjectSchema;
}

/**
 * The schemas of a tool that have to be kept beside what another framework is given.
 *
 * @param read - What is read back from there.
 */
export function schemasToKeep(
  { inputSchema, outputSchema }: Pick<ToolDeclaration, "inputSchema" | "outputSchema">,
  read: { input: JsonSchema; output: JsonSchema | undefined },
): { inputSchema?: ObjectSchema; outputSchema?: JsonSchema } {
  return {
    ...(!isSame(read.input, inputSchema) && { inputSchema }),
    ...(outputSchema !== undefined && !isSame(read.output, outputSchema) && { outputSchema }),
  };
}

function isSame(one: JsonSchema | undefined, other: JsonSchema): boolean {
  return one !== undefined && canonicalJson(one) === canonicalJson(other);
}

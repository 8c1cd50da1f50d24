import { type JsonSchema, type JsonValue, SchemaValidator } from "@smoltools/core";
import { deriveSource, type Problem } from "@smoltools/cli/derive";
import { schemaValues } from "./schema-values.ts";

/** What becomes of a type: its schema, or why it has none. */
export interface DerivedType {
  schema: JsonSchema | undefined;
  problems: Problem[];
}

/** Derives the schema that a parameter of a type has. */
export async function deriveType(
  source: string,
  type: string,
  fileName: string,
  files: Readonly<Record<string, string>> = {},
): Promise<DerivedType> {
  const probe = `/**\n * Does.\n * @param value - V.\n * @param other - O.\n */\nexport function probe(value: ${type}, other: string): void {}`;
  const { tools, problems } = await deriveSource(`${source}\n${probe}`, { fileName, files });
  const input = tools.find(({ name }) => name === "probe")?.inputSchema;
  const schema = input?.properties?.["value"];
  const isWhole = typeof schema !== "object" || !input?.$defs;
  return { schema: isWhole ? schema : { ...schema, $defs: input.$defs ?? {} }, problems };
}

/** The values of which two schemas say something else: of samples that both have brought. */
export function disagreements(ours: JsonSchema, theirs: JsonSchema): JsonValue[] {
  const [one, other] = [new SchemaValidator(ours), new SchemaValidator(theirs)];
  return [...schemaValues(ours), ...schemaValues(theirs)].filter(
    (value) => (one.findings(value).length === 0) !== (other.findings(value).length === 0),
  );
}

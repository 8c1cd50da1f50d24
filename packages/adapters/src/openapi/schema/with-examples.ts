import { isRecord } from "../../shared/json-access.ts";

/** Keywords that say nothing about values: OpenAPI's own, and names that only references by name would need. */
const leftOut: ReadonlySet<string> = new Set(["$anchor", "$id", "discriminator", "example", "externalDocs", "xml"]);

/** A schema without the keywords of OpenAPI; its one example becomes the list that JSON Schema has. */
export function withExamples(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { example } = schema;
  const kept = Object.entries(schema).filter(([keyword]) => !leftOut.has(keyword));
  return { ...Object.fromEntries(kept), ...(example !== undefined && !isRecord(example) && { examples: [example] }) };
}

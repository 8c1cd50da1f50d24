import type { JsonSchema } from "@smoltools/core";
import type { ManifestSource } from "./manifest-source.ts";

const name: JsonSchema = { type: "string", minLength: 1, maxLength: 200 };
/** Also an absent version is said: as an empty text. */
const version: JsonSchema = { type: "string", maxLength: 100 };
const address: JsonSchema = { type: "string", minLength: 1, maxLength: 2000 };
const words: JsonSchema = { type: "array", items: { type: "string", maxLength: 1000 }, maxItems: 64 };
const variables: JsonSchema = {
  type: "array",
  items: { type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_]{0,199}$" },
  maxItems: 100,
};
const named: JsonSchema = exactly({ name, version });

/** The forms that sources of a kind have. Nothing else may stand there: it is what people trust a package by. */
export const sourceSchemas: Readonly<Record<ManifestSource["kind"], readonly JsonSchema[]>> = {
  mcp: [
    exactly({ url: address, server: named }),
    exactly({ command: { ...name, pattern: "\\S" }, args: words, env: variables, server: named }),
  ],
  space: [exactly({ space: address })],
  openapi: [
    exactly({ title: name, version, sha256: { type: "string", pattern: "^[0-9a-f]{64}$" }, url: address }, [
      "title",
      "version",
      "sha256",
    ]),
  ],
  langchain: [exactly({ module: address, export: name, package: exactly({ name, version }) }, ["module", "export"])],
};

function exactly(properties: Record<string, JsonSchema>, required: string[] = Object.keys(properties)): JsonSchema {
  return {
    type: "object",
    properties,
    required,
    additionalProperties: false,
  };
}

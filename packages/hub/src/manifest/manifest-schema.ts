import type { JsonSchema } from "@smoltools/core";
import { packageLimits } from "./package-limits.ts";

const text: JsonSchema = { type: "string" };
const texts: JsonSchema = { type: "array", items: text, maxItems: 100 };

/** The form of `tool.json`, schemaVersion 1. Members that a later minor version adds are let through. */
export const manifestSchema: JsonSchema = {
  type: "object",
  properties: {
    schemaVersion: { const: 1 },
    name: text,
    version: text,
    description: { type: "string", minLength: 1, maxLength: 2000 },
    license: text,
    keywords: texts,
    notes: { type: "string", maxLength: 20_000 },
    tools: {
      type: "array",
      minItems: 1,
      maxItems: packageLimits.maxTools,
      items: {
        type: "object",
        properties: {
          name: text,
          description: { type: "string", minLength: 1 },
          inputSchema: { type: "object", properties: { type: { const: "object" } }, required: ["type"] },
          outputSchema: { type: ["object", "boolean"] },
          annotations: {
            type: "object",
            properties: {
              title: text,
              readOnlyHint: { type: "boolean" },
              destructiveHint: { type: "boolean" },
              idempotentHint: { type: "boolean" },
              openWorldHint: { type: "boolean" },
            },
          },
          examples: { type: "array", items: { type: "object", required: ["input"] } },
        },
        required: ["name", "description", "inputSchema"],
      },
    },
    entry: text,
    runtime: { enum: ["js", "node", "python"] },
    // A range is compared with others, in time that grows with the square of its length.
    engines: { type: "object", properties: { smoltools: { type: "string", maxLength: 200 } }, required: ["smoltools"] },
    signers: { type: "array", items: { type: "string", maxLength: 100 }, maxItems: 8 },
    permissions: {
      type: "object",
      properties: { net: texts, env: texts, read: texts, write: texts, run: texts },
      required: ["net", "env", "read", "write", "run"],
      additionalProperties: false,
    },
    // What it holds is looked at by its kind, see `sourceProblem`.
    source: { type: "object", required: ["kind"] },
    files: {
      type: "object",
      maxProperties: packageLimits.maxFiles,
      additionalProperties: {
        type: "object",
        properties: {
          size: { type: "integer", minimum: 0 },
          sha256: { type: "string", pattern: "^[0-9a-f]{64}$" },
        },
        required: ["size", "sha256"],
      },
    },
    integrity: { type: "string", pattern: "^sha512-[A-Za-z0-9+/]{86}==$" },
  },
  required: [
    "schemaVersion",
    "name",
    "version",
    "description",
    "tools",
    "entry",
    "runtime",
    "engines",
    "permissions",
    "files",
    "integrity",
  ],
};

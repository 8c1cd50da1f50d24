import { isStandardSchema, type StandardSchema } from "@smoltools/core";
import { fieldOf, isRecord } from "../../shared/json-access.ts";
import { importPeer } from "../../shared/optional-peer.ts";
import { isFunction } from "../ai-sdk-tool.ts";
import { schemaSymbol } from "./write-schema.ts";

/** A schema of the AI SDK in any of its forms, as it is used here. */
export interface ReadSchema {
  /** JSON Schema of draft 7. */
  readonly json: unknown;
  /** Checks a value and applies transformations and defaults. Throws what is wrong. */
  parse(value: unknown): Promise<unknown>;
}

/**
 * Reads a schema of the AI SDK: what `jsonSchema()` returns, a Standard Schema, zod's among them, or a function that
 * makes one of these.
 *
 * Standard Schemas that can tell their JSON Schema need nothing else; zod 3 and the first versions of zod 4 cannot, and
 * the AI SDK itself is asked.
 *
 * @param side - What goes in, before transformations and defaults, or what comes out.
 */
export async function readSchema(schema: unknown, side: "input" | "output" = "input"): Promise<ReadSchema> {
  // Some Standard Schemas are functions too.
  const made = isFunction(schema) && !isStandardSchema(schema) ? schema() : schema;
  if (isAiSdkSchema(made)) return readOwn(made);
  if (isStandardSchema(made)) return readStandard(made, side);
  throw new Error("its schema is not one that the AI SDK knows");
}

/** What `jsonSchema()` and `asSchema()` return. */
interface AiSdkSchema {
  readonly jsonSchema: unknown;
  readonly validate?: unknown;
}

function isAiSdkSchema(value: unknown): value is AiSdkSchema {
  return isRecord(value) && Reflect.get(value, schemaSymbol) === true && "jsonSchema" in value;
}

async function readOwn(schema: AiSdkSchema): Promise<ReadSchema> {
  const { validate } = schema;
  return {
    // It may be a promise.
    json: await schema.jsonSchema,
    parse: async (value) => {
      if (!isFunction(validate)) return value;
      const result = await validate.call(schema, value);
      if (fieldOf(result, "success") === true) return fieldOf(result, "value");
      throw fieldOf(result, "error");
    },
  };
}

async function readStandard(schema: StandardSchema, side: "input" | "output"): Promise<ReadSchema> {
  const { jsonSchema } = schema["~standard"];
  if (jsonSchema === undefined) return readByLibrary(schema);
  return {
    json: jsonSchema[side]({ target: "draft-2020-12" }),
    parse: async (value) => {
      const result = await schema["~standard"].validate(value);
      if (!result.issues) return result.value;
      throw new Error(result.issues.map(({ message, path }) => `${pathText(path)}${message}`).join("\n"));
    },
  };
}

type IssuePath = readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;

function pathText(path: IssuePath = []): string {
  const keys = path.map((segment) => String(typeof segment === "object" ? segment.key : segment));
  return keys.length === 0 ? "" : `${keys.join(".")}: `;
}

async function readByLibrary(schema: StandardSchema): Promise<ReadSchema> {
  const { asSchema } = await importPeer(() => import("ai"), {
    packageName: "ai",
    versions: ">=6 <8",
    neededFor: "A tool of the AI SDK whose schema is of zod 3, or of zod before 4.2,",
  });
  return readOwn(asSchema(schema));
}

import type { JsonSchema } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";
import type { OpenApiDocument } from "../document/openapi-document.ts";
import type { OperationSchemas } from "../schema/operation-schemas.ts";

/** How a body is written. */
export type BodyKind = "json" | "form" | "multipart" | "text" | "bytes";

/** The body of an operation's requests. */
export interface BodyPlan {
  readonly kind: BodyKind;
  readonly mediaType: string;
  readonly isRequired: boolean;
  readonly schema: JsonSchema;
  readonly description: string | undefined;
  /** How the fields of a form are written, by their names. */
  readonly encoding: Readonly<Record<string, unknown>>;
}

/** The first that fits is taken. */
const kinds: readonly [RegExp, BodyKind][] = [
  [/^application\/json\b/i, "json"],
  [/^application\/[\w.-]+\+json\b/i, "json"],
  [/^application\/x-www-form-urlencoded\b/i, "form"],
  [/^multipart\/form-data\b/i, "multipart"],
  [/^text\/|^application\/(?:[\w.-]+\+)?(?:xml|yaml|x-ndjson)\b/i, "text"],
  [/^\*\/\*$/, "json"],
  [/^(?:image|audio|video|application)\/[^*\s]+$/i, "bytes"],
];

/**
 * What of an operation's body is written, and how: the media type that says most is taken.
 *
 * @param refs - Takes the references that its schema needs.
 * @returns Nothing for operations without a body.
 * @throws Error when it is of no media type that can be written.
 */
export function bodyPlanOf(
  document: OpenApiDocument,
  requestBody: unknown,
  schemas: OperationSchemas,
  refs: Set<string>,
): BodyPlan | undefined {
  if (requestBody === undefined) return undefined;
  const body = document.resolve(requestBody);
  const { content, description, required } = body;
  const entries = isRecord(content) ? Object.entries(content) : [];
  for (const [fits, kind] of kinds) {
    const [mediaType, declared] = entries.find(([type]) => fits.test(type)) ?? [];
    if (mediaType === undefined) continue;
    const media = document.resolve(declared ?? {});
    return {
      kind,
      mediaType: mediaType === "*/*" ? "application/json" : mediaType,
      isRequired: required === true,
      schema: bodySchema(kind, media["schema"], schemas, refs),
      description: typeof description === "string" ? description : undefined,
      encoding: isRecord(media["encoding"]) ? media["encoding"] : {},
    };
  }
  const types = entries.map(([type]) => type).join(", ");
  throw new Error(`its body is of ${types || "no media type"}: JSON, forms, texts and files are written`);
}

/** What a file is for a tool: media, or its content as a text. */
const fileSchema: JsonSchema = {
  anyOf: [
    { type: "string" },
    {
      type: "object",
      description: "A file.",
      properties: { kind: { type: "string" }, mediaType: { type: "string" } },
      required: ["kind", "mediaType"],
    },
  ],
};

function bodySchema(kind: BodyKind, schema: unknown, schemas: OperationSchemas, refs: Set<string>): JsonSchema {
  if (kind === "bytes") return fileSchema;
  if (kind === "text") return { type: "string" };
  const converted = schemas.follow(schemas.convert(schema ?? true, refs));
  return kind === "multipart" ? withFiles(converted) : converted;
}

/** In a form of several parts, what holds bytes is a file. */
function withFiles(schema: JsonSchema): JsonSchema {
  if (typeof schema === "boolean" || !schema.properties) return schema;
  const properties = Object.entries(schema.properties).map(([name, member]) => [name, fileOr(member)]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

function fileOr(member: JsonSchema): JsonSchema {
  if (typeof member === "boolean") return member;
  const { type, format, contentMediaType, contentEncoding, items, description } = member;
  const isFile = format === "binary" || (contentMediaType !== undefined && contentEncoding === undefined);
  if (isFile && (type === undefined || type === "string")) {
    return typeof fileSchema === "object" ? { ...fileSchema, ...(description !== undefined && { description }) } : true;
  }
  return items === undefined ? member : { ...member, items: fileOr(items) };
}

import type { JsonSchema } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";
import type { OpenApiDocument } from "../document/openapi-document.ts";
import type { OperationSchemas } from "../schema/operation-schemas.ts";

/** What an operation answers. */
export interface AnswerPlan {
  /** Absent where anything may come. */
  readonly schema: JsonSchema | undefined;
  /** Media types that are asked for. */
  readonly accept: string;
}

const json = /^application\/(?:[\w.-]+\+)?json\b/i;

/**
 * What the answers of an operation are that went well: the schema of their JSON, and nothing for answers without a body.
 *
 * Where an answer may be a text or a file, no schema is known.
 *
 * @throws Error for a reference that leads out of the document, or nowhere.
 */
export function answerPlanOf(document: OpenApiDocument, responses: unknown, schemas: OperationSchemas): AnswerPlan {
  const declared = goodAnswers(isRecord(responses) ? responses : {}).map(([status, response]) => ({
    status,
    content: contentOf(document.resolve(response)),
  }));
  const types = [...new Set(declared.flatMap(({ content }) => Object.keys(content)))];
  const accept = types.length === 0 ? "*/*" : [...types, ...(types.includes("*/*") ? [] : ["*/*;q=0.1"])].join(", ");
  const refs = new Set<string>();
  const found: JsonSchema[] = [];
  for (const { status, content } of declared) {
    const entries = Object.entries(content);
    // A document often says nothing of a body that is there all the same.
    if (entries.length === 0 && status !== "204" && status !== "205") return { schema: undefined, accept };
    if (entries.length === 0) found.push({ type: "null" });
    for (const [type, declaredMedia] of entries) {
      const media = isRecord(declaredMedia) ? declaredMedia : {};
      if (!json.test(type) || media["schema"] === undefined) return { schema: undefined, accept };
      found.push(schemas.convert(media["schema"], refs));
    }
  }
  const [first, ...others] = distinct(found);
  if (first === undefined) return { schema: undefined, accept };
  const schema = others.length === 0 ? first : { anyOf: [first, ...others] };
  const definitions = schemas.definitions(refs);
  if (typeof schema === "boolean" || definitions.$defs === undefined) return { schema, accept };
  return { schema: { ...schema, ...definitions }, accept };
}

function goodAnswers(responses: Record<string, unknown>): [string, unknown][] {
  const good = Object.entries(responses).filter(([status]) => /^2(?:\d\d|XX)$/i.test(status));
  if (good.length > 0) return good;
  return Object.hasOwn(responses, "default") ? [["default", responses["default"]]] : [];
}

function contentOf({ content }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return isRecord(content) ? content : {};
}

function distinct(schemas: readonly JsonSchema[]): JsonSchema[] {
  return [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
}

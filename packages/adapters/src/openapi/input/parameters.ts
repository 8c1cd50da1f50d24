import type { JsonSchema } from "@smoltools/core";
import { isRecord, textField } from "../../shared/json-access.ts";
import type { OpenApiDocument } from "../document/openapi-document.ts";
import type { OperationObject } from "../document/operations.ts";
import { type ParameterPlace, type ParameterStyle, styleOf } from "../request/parameter-style.ts";
import type { OperationSchemas } from "../schema/operation-schemas.ts";

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly place: ParameterPlace;
  readonly isRequired: boolean;
  readonly schema: JsonSchema;
  /** How it is written; a parameter that has content is written as JSON. */
  readonly style: ParameterStyle | "json";
}

const places: ReadonlySet<unknown> = new Set(["path", "query", "header", "cookie"]);

/** Headers that requests have of themselves: OpenAPI says to ignore parameters that are called so. */
const ownHeaders = new Set(["accept", "authorization", "content-type"]);

/**
 * The parameters of an operation, in the order of the document.
 *
 * @param refs - Takes the references that their schemas need.
 * @param hidden - Parameters that carry credentials, as `place name`: the model does not learn of them.
 * @throws Error when one cannot be understood.
 */
export function parametersOf(
  document: OpenApiDocument,
  { object, pathItem, path }: OperationObject,
  schemas: OperationSchemas,
  refs: Set<string>,
  hidden: ReadonlySet<string>,
): Parameter[] {
  const found = new Map<string, Parameter>();
  // Those of the operation take the place of those of its path.
  for (const declared of [...listOf(pathItem["parameters"]), ...listOf(object["parameters"])]) {
    const parameter = parameterOf(document.resolve(declared), schemas, refs);
    const key = parameterKey(parameter.place, parameter.name);
    const isIgnored = parameter.place === "header" && ownHeaders.has(parameter.name.toLowerCase());
    if (!isIgnored && !hidden.has(key)) found.set(key, parameter);
  }
  const parameters = [...found.values()];
  const named = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name));
  const inPath = parameters.filter(({ place }) => place === "path");
  const unknown = [...named].find((name) => !inPath.some((parameter) => parameter.name === name));
  if (unknown !== undefined) throw new Error(`its path has {${unknown}}, which is not one of its parameters`);
  return parameters.filter(({ place, name }) => place !== "path" || named.has(name));
}

/** What tells a parameter from others: names of headers are the same in upper and lower case. */
export function parameterKey(place: string, name: string): string {
  return `${place} ${place === "header" ? name.toLowerCase() : name}`;
}

function parameterOf(
  object: Readonly<Record<string, unknown>>,
  schemas: OperationSchemas,
  refs: Set<string>,
): Parameter {
  const name = textField(object, "name");
  const place = object["in"];
  if (name === undefined || !isPlace(place))
    throw new Error("it has a parameter without a name, or in an unknown place");
  if (place === "header" && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    throw new Error(`its parameter ${JSON.stringify(name)} cannot be the name of a header`);
  }
  const { content } = object;
  const description = textField(object, "description");
  const declared = isRecord(content) ? contentSchema(name, content) : (object["schema"] ?? true);
  const schema = schemas.convert(declared, refs);
  return {
    name,
    place,
    isRequired: place === "path" || object["required"] === true,
    schema: described(schema, description, object["deprecated"] === true),
    style: isRecord(content) ? "json" : styleOf(name, place, object),
  };
}

function contentSchema(name: string, content: Record<string, unknown>): unknown {
  const [[mediaType = "", media] = []] = Object.entries(content);
  if (/^application\/(?:[\w.-]+\+)?json\b/i.test(mediaType)) return isRecord(media) ? (media["schema"] ?? true) : true;
  throw new Error(`its parameter ${JSON.stringify(name)} is of ${mediaType || "no media type"}: only JSON is written`);
}

function described(schema: JsonSchema, description: string | undefined, deprecated: boolean): JsonSchema {
  if (description === undefined && !deprecated) return schema;
  const plain = typeof schema === "object" ? schema : schema ? {} : { not: {} };
  return { ...plain, ...(description !== undefined && { description }), ...(deprecated && { deprecated }) };
}

function isPlace(value: unknown): value is ParameterPlace {
  return places.has(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

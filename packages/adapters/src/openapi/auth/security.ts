import { isRecord, textField } from "../../shared/json-access.ts";
import { parameterKey } from "../input/parameters.ts";
import type { OpenApiDocument } from "../document/openapi-document.ts";

/** A way to sign in that a document describes, as the callback `auth` is asked for it. */
export interface SecurityScheme {
  /** What the document calls it. */
  readonly name: string;
  /** `"apiKey"`: a key; `"basic"`: user and password; `"bearer"`: a token, that of OAuth 2 and OpenID Connect too. */
  readonly type: "apiKey" | "basic" | "bearer";
  /** Where an API key goes. */
  readonly in?: "header" | "query" | "cookie";
  /** What the header, parameter or cookie of an API key is called. */
  readonly parameterName?: string;
  /** What an operation wants to be allowed, where the scheme knows such scopes. */
  readonly scopes: readonly string[];
  readonly description?: string;
}

/** The ways to be let in, the first that can be had is taken; each is all of some schemes, or nothing at all. */
export type Security = readonly (readonly SecurityScheme[])[];

/**
 * The ways to be let in to an operation.
 *
 * @returns An empty list where the document wants nothing.
 * @throws Error when it wants what cannot be done: a certificate, say, or a digest.
 */
export function securityOf(document: OpenApiDocument, operation: Readonly<Record<string, unknown>>): Security {
  const declared = operation["security"] ?? document.root["security"];
  if (!Array.isArray(declared) || declared.length === 0) return [];
  const problems: string[] = [];
  const ways = declared.flatMap((requirement: unknown): SecurityScheme[][] => {
    if (!isRecord(requirement)) return [];
    try {
      return [Object.entries(requirement).map(([name, scopes]) => schemeOf(document, name, scopes))];
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  if (ways.length === 0) throw new Error(problems[0] ?? "its security cannot be understood");
  return ways;
}

/** The parameters that schemes fill in: they are not the model's to give. */
export function hiddenParameters(security: Security): Set<string> {
  return new Set(
    security
      .flat()
      .flatMap(({ in: place, parameterName }) =>
        place === undefined || parameterName === undefined ? [] : [parameterKey(place, parameterName)],
      ),
  );
}

function schemeOf(document: OpenApiDocument, name: string, wanted: unknown): SecurityScheme {
  const { components } = document.root;
  const schemes = isRecord(components) ? components["securitySchemes"] : undefined;
  if (!isRecord(schemes) || !Object.hasOwn(schemes, name)) {
    throw new Error(`it wants the security scheme ${JSON.stringify(name)}, which the document does not describe`);
  }
  const scheme = document.resolve(schemes[name]);
  const description = textField(scheme, "description");
  const common = {
    name,
    scopes: Array.isArray(wanted) ? wanted.filter((scope) => typeof scope === "string") : [],
    ...(description !== undefined && { description }),
  };
  const { type, in: place } = scheme;
  const parameterName = textField(scheme, "name");
  if (type === "apiKey" && parameterName !== undefined && isPlace(place)) {
    return { ...common, type: "apiKey", in: place, parameterName };
  }
  if (type === "oauth2" || type === "openIdConnect") return { ...common, type: "bearer" };
  const http = type === "http" ? textField(scheme, "scheme")?.toLowerCase() : undefined;
  if (http === "basic" || http === "bearer") return { ...common, type: http };
  throw new Error(
    `it wants the security scheme ${JSON.stringify(name)} (${String(http ?? type).slice(0, 40)}), which cannot be done: ` +
      "API keys, basic and bearer can",
  );
}

function isPlace(value: unknown): value is "header" | "query" | "cookie" {
  return value === "header" || value === "query" || value === "cookie";
}

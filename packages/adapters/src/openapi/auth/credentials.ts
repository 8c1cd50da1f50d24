import { ToolSourceError } from "@smoltools/core";
import { base64Of, utf8 } from "../../shared/bytes.ts";
import type { Security, SecurityScheme } from "./security.ts";

/** What signs a program in: a key or token, or a user and password. */
export type Credential = string | { readonly username: string; readonly password: string };

/**
 * Gives the credential for a security scheme, or nothing when the program has none. Asked for each call, so that tokens
 * may change; what it gives never reaches the model.
 */
export type Authenticate = (
  scheme: SecurityScheme,
  call: { operation: string; signal: AbortSignal },
) => Credential | undefined | Promise<Credential | undefined>;

/** Names the schemes of all ways: `key and token, or login`. */
export function namesOf(security: Security, nameOf: (scheme: SecurityScheme) => string): string {
  return security.map((way) => way.map(nameOf).join(" and ")).join(", or ");
}

/** What is added to a request to sign in. */
export interface Credentials {
  readonly headers: readonly [name: string, value: string][];
  readonly query: readonly [name: string, value: string][];
  readonly cookies: readonly [name: string, value: string][];
  /** What may stand in no error: the credentials as they were given, and as they are sent. */
  readonly secrets: readonly string[];
}

/**
 * The credentials for a call: those of the first way in for which the program has all.
 *
 * @param wayOut - Says how its user gives the credentials.
 * @throws ToolSourceError `SOURCE_UNAUTHORISED` when the operation wants some, and the program has none.
 */
export async function credentialsFor(
  security: Security,
  authenticate: Authenticate | undefined,
  call: { operation: string; signal: AbortSignal },
  wayOut: (security: Security) => string,
): Promise<Credentials> {
  const asked = new Map<string, Promise<Credential | undefined>>();
  const ask = (scheme: SecurityScheme): Promise<Credential | undefined> => {
    const answer = asked.get(scheme.name) ?? Promise.resolve(authenticate?.(scheme, call));
    asked.set(scheme.name, answer);
    return answer;
  };
  for (const way of security) {
    const found = await Promise.all(way.map(async (scheme) => ({ scheme, credential: await ask(scheme) })));
    const had = found.flatMap(({ scheme, credential }) => (credential === undefined ? [] : [{ scheme, credential }]));
    if (had.length === way.length) return written(had, call.operation);
  }
  if (security.length === 0) return { headers: [], query: [], cookies: [], secrets: [] };
  throw new ToolSourceError(`${call.operation} wants a sign-in: ${wayOut(security)}`, {
    code: "SOURCE_UNAUTHORISED",
    data: { tool: call.operation },
  });
}

function written(had: readonly { scheme: SecurityScheme; credential: Credential }[], operation: string): Credentials {
  const headers: [string, string][] = [];
  const query: [string, string][] = [];
  const cookies: [string, string][] = [];
  for (const { scheme, credential } of had) {
    const { type, in: place, parameterName = "" } = scheme;
    if (type === "apiKey" && place === "query") query.push([parameterName, keyOf(scheme, credential, operation)]);
    else if (type === "apiKey" && place === "cookie")
      cookies.push([parameterName, keyOf(scheme, credential, operation)]);
    else if (type === "apiKey") headers.push([parameterName, keyOf(scheme, credential, operation)]);
    else if (type === "bearer") headers.push(["authorization", `Bearer ${keyOf(scheme, credential, operation)}`]);
    else headers.push(["authorization", `Basic ${basicOf(credential)}`]);
  }
  const sent = [...headers, ...query, ...cookies].map(([, value]) => value);
  const given = had.flatMap(({ credential }) =>
    typeof credential === "string"
      ? [credential]
      : [credential.password, `${credential.username}:${credential.password}`],
  );
  return { headers, query, cookies, secrets: [...given, ...sent].flatMap((text) => [text, encodeURIComponent(text)]) };
}

function keyOf({ name }: SecurityScheme, credential: Credential, operation: string): string {
  if (typeof credential === "string" && !/[\r\n\0]/.test(credential)) return credential;
  throw new ToolSourceError(`${operation}: the option auth must give one line of text for ${name}`, {
    code: "SOURCE_UNAUTHORISED",
    data: { tool: operation },
  });
}

/** A text is taken for user and password with a colon between them. */
function basicOf(credential: Credential): string {
  const text = typeof credential === "string" ? credential : `${credential.username}:${credential.password}`;
  return base64Of(utf8(text));
}

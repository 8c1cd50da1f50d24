import type { Credentials } from "../auth/credentials.ts";
import { writtenBody } from "./body.ts";
import type { SentRequest } from "./exchange.ts";
import { headerText, pathText, queryPairs, textOf } from "./parameter-style.ts";
import type { PlannedBody, PlannedParameter, RequestPlan } from "./request-plan.ts";

/**
 * The request that a call stands for.
 *
 * @param args - Checked against the schema of the operation's input.
 * @throws Error for arguments that would lead elsewhere, or that cannot be written.
 */
export async function buildRequest(
  { method, server, path, accept, parameters, body: plannedBody }: RequestPlan,
  args: Readonly<Record<string, unknown>>,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<SentRequest> {
  const given = parameters.flatMap((parameter): Given[] => {
    const { argument } = parameter;
    const value = Object.hasOwn(args, argument) ? args[argument] : undefined;
    // Nothing to say: an optional argument may be null in Python's code.
    return value === undefined || (value === null && !parameter.isRequired) ? [] : [{ parameter, value }];
  });
  const query = [
    ...given.flatMap((one) => pairsOf(one, "query")),
    ...credentials.query.map(([name, value]) => [encodeURIComponent(name), encodeURIComponent(value)] as const),
  ].map(([name, value]) => `${name}=${value}`);
  const cookies = [
    ...given.flatMap((one) => pairsOf(one, "cookie")).map(([name, value]) => `${name}=${value}`),
    ...credentials.cookies.map(([name, value]) => `${name}=${encodeURIComponent(value)}`),
  ];
  const body = plannedBody && (await bodyOf(plannedBody, parameters, args, signal));
  const headers: [string, string][] = [
    ["accept", accept],
    ...given.flatMap(headersOf),
    ...(cookies.length > 0 ? ([["cookie", cookies.join("; ")]] as [string, string][]) : []),
    ...(body ? ([["content-type", body.mediaType]] as [string, string][]) : []),
    ...credentials.headers,
  ];
  return {
    method,
    url: withQuery(server + filledPath(path, given), query),
    headers,
    ...(body && { body: body.bytes }),
  };
}

/** A few documents have a query in their paths already. */
function withQuery(address: string, query: readonly string[]): string {
  if (query.length === 0) return address;
  return `${address}${address.includes("?") ? "&" : "?"}${query.join("&")}`;
}

interface Given {
  readonly parameter: PlannedParameter;
  readonly value: unknown;
}

/** @throws Error for a value that would make the path another one. */
function filledPath(path: string, given: readonly Given[]): string {
  const filled = path.replace(/\{([^{}]+)\}/g, (_whole, name: string) => {
    const found = given.find(({ parameter }) => parameter.place === "path" && parameter.name === name);
    if (!found) throw new Error(`the argument ${name} is missing: it is part of the path`);
    const { style } = found.parameter;
    const text =
      style === "json" ? encodeURIComponent(JSON.stringify(found.value)) : pathText(name, found.value, style);
    if (text === "") throw new Error(`the argument ${name} is empty: it is part of the path`);
    return text;
  });
  // However they are encoded, addresses take these for the folder itself and the one above.
  const [folders = ""] = filled.split("?", 1);
  if (folders.split("/").some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) {
    throw new Error('an argument makes "." or ".." a part of the path, which would lead elsewhere');
  }
  return filled;
}

function pairsOf({ parameter, value }: Given, place: "query" | "cookie"): (readonly [string, string])[] {
  const { name, style } = parameter;
  if (parameter.place !== place) return [];
  if (style === "json") return [[encodeURIComponent(name), encodeURIComponent(JSON.stringify(value))]];
  return queryPairs(name, value, style);
}

function headersOf({ parameter, value }: Given): [string, string][] {
  const { name, place, style } = parameter;
  if (place !== "header") return [];
  const text = style === "json" ? JSON.stringify(value) : headerText(value, style);
  // A line break would begin another header.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
    throw new Error(`the argument ${name} holds a character that a header may not: ${textOf(value).slice(0, 40)}`);
  }
  return [[name, text]];
}

async function bodyOf(
  plan: PlannedBody,
  parameters: readonly PlannedParameter[],
  args: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
) {
  const { argument } = plan;
  if (argument === undefined) {
    const taken = new Set(parameters.map((parameter) => parameter.argument));
    const members = Object.entries(args).filter(([name]) => !taken.has(name));
    return writtenBody(plan, Object.fromEntries(members), signal);
  }
  const value = Object.hasOwn(args, argument) ? args[argument] : undefined;
  return value === undefined ? undefined : writtenBody(plan, value, signal);
}

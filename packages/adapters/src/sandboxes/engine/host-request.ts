import type { HostFetchRequest } from "@smoltools/core";

/**
 * The request that the code asks the host for: nothing but the parts of one, each of its kind.
 *
 * @throws TypeError
 */
export function hostRequest(value: unknown): HostFetchRequest {
  const { url, method, headers, body, redirect } = Object(value) as Record<string, unknown>;
  if (typeof url !== "string" || typeof method !== "string" || !isHeaders(headers) || !isBody(body)) {
    throw new TypeError("fetch: the request is none");
  }
  return {
    url,
    method,
    headers,
    ...(body !== undefined && { body }),
    ...((redirect === "error" || redirect === "manual") && { redirect }),
  };
}

function isHeaders(value: unknown): value is [string, string][] {
  const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2 && pair.every(isText);
  return Array.isArray(value) && value.every(isPair);
}

function isBody(value: unknown): value is string | undefined {
  return value === undefined || isText(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

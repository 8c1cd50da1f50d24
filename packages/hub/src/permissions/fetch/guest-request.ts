import { validateHeaderName, validateHeaderValue } from "node:http";
import type { HostFetchRequest } from "@smoltools/core";
import { FetchError } from "../../errors/fetch-error.ts";

/** What becomes of a redirect: it is followed, makes the request fail, or is the answer. */
export type RedirectMode = "follow" | "error" | "manual";

/** A request as it goes to one host. */
export interface Hop {
  url: URL;
  /** In upper case. */
  method: string;
  headers: Headers;
  body: Buffer | undefined;
}

/** What of a request all its hops have in common. */
export interface GuestRequest {
  first: Hop;
  redirect: RedirectMode;
}

/** Headers that belong to the connection: as in browsers, they are left out without a word. */
const ownHeaders = new Set(
  `accept-charset accept-encoding connection content-length expect host http2-settings keep-alive te trailer
   transfer-encoding upgrade`.split(/\s+/),
);

/** Headers that ask a server to take the request for one of another method. */
const methodHeaders = new Set(["x-http-method", "x-http-method-override", "x-method-override"]);

/** Methods that are for proxies and for finding faults in them (Fetch standard, "forbidden method"). */
const forbiddenMethods = new Set(["CONNECT", "TRACE", "TRACK"]);

/** Most characters of all headers together. Most servers take less. */
const maxHeaderLength = 64 * 1024;
const maxUrlLength = 64 * 1024;

/**
 * Reads a request that code in a sandbox made. Nothing about it is certain, not even its type.
 *
 * @param limitsMethods - Some methods are not permitted: headers by which one passes for another are left out.
 * @throws FetchError `FETCH_BAD_REQUEST` that repeats neither the address nor a header's value: they may hold keys.
 */
export function readGuestRequest(
  request: HostFetchRequest,
  maxBodyBytes: number,
  limitsMethods: boolean,
): GuestRequest {
  const { url, method, headers, body, redirect }: Partial<Record<keyof HostFetchRequest, unknown>> = request;
  const first: Hop = {
    url: urlOf(url),
    method: methodOf(method),
    headers: headersOf(headers, limitsMethods),
    body: bodyOf(body, maxBodyBytes),
  };
  return { first, redirect: redirectOf(redirect) };
}

function redirectOf(value: unknown): RedirectMode {
  if (value === undefined || value === "follow") return "follow";
  if (value === "error" || value === "manual") return value;
  throw badRequest('redirect is neither "follow" nor "error" nor "manual"');
}

function urlOf(text: unknown): URL {
  if (typeof text !== "string" || text.length > maxUrlLength || !URL.canParse(text)) {
    throw badRequest("this is no address, or one that is too long: write it whole, with https://");
  }
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") throw badRequest("the address may not hold a user and password");
  return url;
}

function methodOf(value: unknown): string {
  const method = typeof value === "string" ? value.toUpperCase() : "";
  if (!/^[A-Z][A-Z-]{0,31}$/.test(method) || forbiddenMethods.has(method)) {
    throw badRequest(`${JSON.stringify(method.slice(0, 40))} is no method that can be used`);
  }
  return method;
}

function headersOf(pairs: unknown, limitsMethods: boolean): Headers {
  if (!Array.isArray(pairs) || !pairs.every(isPair)) throw badRequest("the headers are no list of names and values");
  const headers = new Headers();
  let length = 0;
  for (const [name, value] of pairs) {
    length += name.length + value.length;
    if (length > maxHeaderLength) throw badRequest(`the headers are longer than ${maxHeaderLength} characters`);
    append(headers, name, value, limitsMethods);
  }
  return headers;
}

function append(headers: Headers, name: string, value: string, limitsMethods: boolean): void {
  const lower = name.toLowerCase();
  if (ownHeaders.has(lower) || lower.startsWith("sec-") || lower.startsWith("proxy-")) return;
  if (limitsMethods && methodHeaders.has(lower)) return;
  const trimmed = value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  try {
    validateHeaderName(name);
    validateHeaderValue(name, trimmed);
  } catch {
    throw badRequest(`the header ${JSON.stringify(name.slice(0, 100))} holds a character that it may not`);
  }
  headers.append(name, trimmed);
}

function bodyOf(body: unknown, maxBytes: number): Buffer | undefined {
  if (body === undefined) return undefined;
  if (typeof body !== "string") throw badRequest("the body is no text of base64");
  const bytes = Buffer.byteLength(body, "base64");
  if (bytes > maxBytes) throw badRequest(`the body is larger than ${maxBytes} bytes (maxRequestBytes)`);
  return Buffer.from(body, "base64");
}

function isPair(value: unknown): value is [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");
}

function badRequest(problem: string): FetchError {
  return new FetchError(`fetch: ${problem}`, { code: "FETCH_BAD_REQUEST" });
}

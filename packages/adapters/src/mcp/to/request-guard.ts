import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isLoopback } from "../../shared/loopback.ts";
import type { HttpSettings } from "./http-options.ts";

/** Why a request is refused. */
export interface Refusal {
  status: 401 | 403;
  message: string;
}

/**
 * Looks at where a request comes from, before anything of it is read.
 *
 * A web page anywhere can send requests to this machine: its browser says in `Origin` who it is, and in `Host` which
 * name it has looked up. Source: MCP 2025-11-25, transports, "Security Warning".
 */
export function refusalOf(
  { headers }: Pick<IncomingMessage, "headers">,
  { token, allowedHosts, allowedOrigins }: HttpSettings,
): Refusal | undefined {
  const host = headers.host ?? "";
  // Whoever has the token is no page that looked up a name of its own.
  const needsKnownHost = token === undefined || allowedHosts.length > 0;
  if (needsKnownHost && !isKnownHost(host, allowedHosts)) return { status: 403, message: "This host is not allowed" };
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}` && !allowedOrigins.includes(origin)) {
    return { status: 403, message: "This origin is not allowed" };
  }
  if (token === undefined) return undefined;
  const [, given = ""] = /^Bearer (.+)$/i.exec(headers.authorization ?? "") ?? [];
  return isSame(given, token) ? undefined : { status: 401, message: "A token is needed" };
}

function isKnownHost(host: string, allowed: readonly string[]): boolean {
  const address = `http://${host}`;
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return isLoopback(url) || allowed.includes(url.host) || allowed.includes(url.hostname);
}

/** Compares in a time that says nothing of how much is alike. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

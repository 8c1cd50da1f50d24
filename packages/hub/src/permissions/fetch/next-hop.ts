import { FetchError } from "../../errors/fetch-error.ts";
import type { Hop } from "./guest-request.ts";

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Headers that say what is asked for, not who asks: all others stay with the origin that they were meant for. */
const harmlessHeaders: ReadonlySet<string> = new Set(
  `accept accept-language cache-control content-encoding content-language content-location content-type
   if-modified-since if-none-match pragma range user-agent`.split(/\s+/),
);

const bodyHeaders = ["content-encoding", "content-language", "content-location", "content-type"];

/**
 * Where a redirect leads, as browsers follow it; nothing for an answer that is none.
 *
 * Keys do not follow to another origin, and nothing goes from `https:` on to `http:`.
 *
 * Source: Fetch standard, section 4.4, "HTTP-redirect fetch".
 *
 * @throws FetchError `FETCH_REDIRECT`
 */
export function nextHop({ url, method, headers, body }: Hop, status: number, location: string | null): Hop | undefined {
  if (!redirects.has(status) || location === null) return undefined;
  const { host } = url;
  if (!URL.canParse(location, url.href)) throw refused(`${host} redirects to what is no address`, host);
  const next = new URL(location, url);
  if (next.username !== "" || next.password !== "") {
    throw refused(`${host} redirects to an address with a user and password: it is not followed`, host);
  }
  if (url.protocol === "https:" && next.protocol === "http:") {
    throw refused(`${host} redirects from https: to http://${next.host}, unencrypted: it is not followed`, host);
  }
  if (next.hash === "") next.hash = url.hash;
  const kept = new Headers(headers);
  if (next.origin !== url.origin) {
    for (const name of headers.keys()) if (!harmlessHeaders.has(name)) kept.delete(name);
  }
  const becomesGet = status === 303 ? method !== "GET" && method !== "HEAD" : status <= 302 && method === "POST";
  if (!becomesGet) return { url: next, method, headers: kept, body };
  for (const name of bodyHeaders) kept.delete(name);
  return { url: next, method: "GET", headers: kept, body: undefined };
}

function refused(message: string, host: string): FetchError {
  return new FetchError(message, { code: "FETCH_REDIRECT", data: { host } });
}

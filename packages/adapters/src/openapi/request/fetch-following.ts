import type { SentRequest } from "./exchange.ts";

/** Most redirects of one request, as browsers have it. */
const maxRedirects = 20;

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Headers that say what is asked for, not who asks: all others stay with the origin that they were meant for. */
const harmlessHeaders: ReadonlySet<string> = new Set(["accept", "accept-language", "content-type", "user-agent"]);

/**
 * Sends a request with the platform's `fetch` and follows where it is redirected, but leaves keys behind at another
 * origin: by itself, `fetch` takes all headers there but `Authorization` and `Cookie`, so also `X-Api-Key`.
 *
 * Source: Fetch standard, section 4.4, "HTTP-redirect fetch".
 */
export async function fetchFollowing(request: SentRequest, signal: AbortSignal): Promise<Response> {
  let { url, method, headers, body } = request;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const sent = body && { body: body as Uint8Array<ArrayBuffer> };
    const response = await fetch(url, { method, headers, signal, redirect: "manual", ...sent });
    const from = new URL(url);
    if (response.type === "opaqueredirect") {
      throw new Error(`${from.host} redirects, and a browser does not say where: it is not followed`);
    }
    const location = response.headers.get("location");
    if (!redirects.has(response.status) || location === null) return response;
    await response.body?.cancel?.();
    const next = nextAddress(location, from);
    if (from.protocol === "https:" && next.protocol === "http:") {
      throw new Error(`${from.host} redirects to http://${next.host}, unencrypted: it is not followed`);
    }
    if (next.origin !== from.origin) headers = headers.filter(([name]) => harmlessHeaders.has(name.toLowerCase()));
    if (becomesGet(response.status, method)) {
      method = "GET";
      body = undefined;
      headers = headers.filter(([name]) => name.toLowerCase() !== "content-type");
    }
    url = next.href;
  }
  throw new Error(`${new URL(request.url).host} redirects more than ${maxRedirects} times`);
}

/** Some platforms have a `fetch` that reads files too. */
function nextAddress(location: string, from: URL): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (next && /^https?:$/.test(next.protocol) && next.username + next.password === "") return next;
  throw new Error(`${from.host} redirects to what is not a plain address of http: or https:: it is not followed`);
}

function becomesGet(status: number, method: string): boolean {
  return status === 303 ? method !== "GET" && method !== "HEAD" : status <= 302 && method === "POST";
}

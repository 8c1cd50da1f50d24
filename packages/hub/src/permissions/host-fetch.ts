import { isIP } from "node:net";
import type { HostFetch, HostFetchRequest, HostFetchResponse } from "@smoltools/core";
import type { Agent, Dispatcher } from "undici";
import { PermissionError } from "../errors/permission-error.ts";
import { isAllowedHost, isExplicitlyPrivate } from "./allowed-host.ts";
import { guardedLookup } from "./guarded-lookup.ts";
import { isPrivateAddress } from "./private-address.ts";

/** Options of {@link hostFetch}. */
export interface HostFetchOptions {
  /** Longest time for a request, redirects included, in milliseconds. @default 30_000 */
  timeoutMs?: number;
  /** Largest answer, in bytes. @default 8 MiB */
  maxResponseBytes?: number;
  /** Told of each refused request. */
  onDenied?: (error: PermissionError) => void;
}

const maxRedirects = 5;

/** Headers that belong to the connection, or that a tool has no business to set. */
const forbiddenHeaders = new Set(
  "accept-encoding connection content-length cookie host keep-alive proxy-authorization te trailer transfer-encoding upgrade".split(
    " ",
  ),
);

/**
 * Performs the requests of a sandboxed tool, to the hosts that its package declares and to no other.
 *
 * Each hop of a redirect is judged anew. Names are resolved once, and the connection is made to the address that was
 * judged, so that a name cannot point elsewhere a moment later. Private addresses are refused, unless the package
 * declares the address itself. The host's own cookies, proxies and credentials take no part. Keys in the headers of a
 * request do not follow a redirect to another origin.
 *
 * @param net - Declared hosts, see `Permissions.net`; for tools of the program itself also `*`, every public host on
 *   port 443, and `*:80`.
 */
export function hostFetch(net: readonly string[], options: HostFetchOptions = {}): HostFetch {
  let agent: Promise<Agent> | undefined;
  return async (request, call) => {
    try {
      // The library is loaded by the first request: most tools make none.
      agent ??= pinnedAgent();
      return await perform(net, request, call, await agent, options);
    } catch (error) {
      const denied = findDenial(error);
      if (denied) options.onDenied?.(denied);
      throw denied ?? error;
    }
  };
}

async function pinnedAgent(): Promise<Agent> {
  const undici = await import("undici");
  return new undici.Agent({ connect: { lookup: guardedLookup() }, keepAliveTimeout: 1000, pipelining: 0 });
}

async function perform(
  net: readonly string[],
  request: HostFetchRequest,
  call: { signal: AbortSignal },
  dispatcher: Dispatcher,
  { timeoutMs = 30_000, maxResponseBytes = 8 * 1024 * 1024 }: HostFetchOptions,
): Promise<HostFetchResponse> {
  const { fetch } = await import("undici");
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(timeoutMs)]);
  let url = parseUrl(request.url);
  let { method, body } = request;
  const headers = allowedHeaders(request.headers);
  for (let hop = 0; ; hop++) {
    judge(net, url);
    const response = await fetch(url, {
      method,
      headers: [...headers],
      body: body === undefined ? null : Buffer.from(body, "base64"),
      redirect: "manual",
      signal,
      dispatcher: isExplicitlyPrivate(net, url.hostname) ? await plainAgent() : dispatcher,
    });
    const location = response.headers.get("location");
    if (!isRedirect(response.status) || location === null) {
      const bytes = await readCapped(response.body, maxResponseBytes, url);
      return {
        url: url.href,
        status: response.status,
        statusText: response.statusText,
        headers: [...response.headers],
        body: Buffer.from(bytes).toString("base64"),
      };
    }
    await response.body?.cancel();
    if (hop >= maxRedirects) throw new Error(`${url.host} redirects more than ${maxRedirects} times`);
    const next = parseUrl(new URL(location, url).href);
    if (next.origin !== url.origin) dropCredentials(headers);
    // As browsers do (Fetch standard, HTTP-redirect fetch, step 12).
    if (response.status === 303 || (response.status <= 302 && method === "POST")) {
      method = method === "HEAD" ? "HEAD" : "GET";
      body = undefined;
      headers.delete("content-type");
    }
    url = next;
  }
}

let plain: Promise<Agent> | undefined;

/** For what the package names as private itself, an address or localhost: it needs no judging. */
function plainAgent(): Promise<Agent> {
  plain ??= import("undici").then((undici) => new undici.Agent({ keepAliveTimeout: 1000, pipelining: 0 }));
  return plain;
}

function parseUrl(text: string): URL {
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    throw new TypeError("fetch: an address may not hold a user and password");
  return url;
}

function judge(net: readonly string[], url: URL): void {
  if (!isAllowedHost(net, url)) {
    const declared = net.length === 0 ? "it declares none" : `it declares ${net.join(", ")}`;
    throw denied(`The tool has no permission to reach ${url.protocol}//${url.host}: ${declared}`, url);
  }
  const address = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(address) !== 0 && isPrivateAddress(address) && !isExplicitlyPrivate(net, url.hostname)) {
    throw denied(`The tool may not reach the private address ${url.hostname}`, url);
  }
}

function denied(message: string, url: URL): PermissionError {
  return new PermissionError(message, { code: "PERMISSION_DENIED", data: { kind: "net", host: url.host } });
}

function allowedHeaders(pairs: readonly [string, string][]): Headers {
  const headers = new Headers();
  for (const [name, value] of pairs) {
    const lower = name.toLowerCase();
    if (!forbiddenHeaders.has(lower) && !lower.startsWith("sec-") && !lower.startsWith("proxy-"))
      headers.append(name, value);
  }
  return headers;
}

/** Headers that say what is asked for, not who asks: all others stay with the origin that they were meant for. */
const harmlessHeaders: ReadonlySet<string> = new Set(
  `accept accept-language cache-control content-language content-type if-modified-since if-none-match pragma range
   user-agent`.split(/\s+/),
);

function dropCredentials(headers: Headers): void {
  const names = [...headers.keys()].filter((name) => !harmlessHeaders.has(name));
  for (const name of names) headers.delete(name);
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

async function readCapped(body: AsyncIterable<Uint8Array> | null, maxBytes: number, url: URL): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error(`The answer of ${url.host} is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** undici wraps what the lookup throws. */
function findDenial(error: unknown): PermissionError | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof PermissionError) return at;
  }
  return undefined;
}

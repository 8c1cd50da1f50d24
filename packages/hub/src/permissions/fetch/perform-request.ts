import type { LookupFunction } from "node:net";
import { errorMessage, type HostFetchResponse } from "@smoltools/core";
import type { Agent } from "undici";
import { FetchError } from "../../errors/fetch-error.ts";
import { PermissionError } from "../../errors/permission-error.ts";
import type { GuestRequest, Hop, RedirectMode } from "./guest-request.ts";
import { nextHop } from "./next-hop.ts";
import type { Reach } from "./reach.ts";
import { readCapped } from "./read-capped.ts";

/** As many as browsers follow (Fetch standard, section 4.4, step 6). */
const maxRedirects = 20;
const maxResponseHeaderBytes = 32 * 1024;
/** How long a connection waits for the next request to the same origin. It goes to the address that was judged. */
const idleConnectionMs = 1000;

/** What makes the connections: without proxies, whatever the environment says, and without cookies. */
export async function makeAgent(lookup: LookupFunction): Promise<Agent> {
  const undici = await import("undici");
  return new undici.Agent({
    connect: { lookup },
    maxHeaderSize: maxResponseHeaderBytes,
    // Soon, whatever servers say: what stays open longer is often closed by them just when it is used again.
    keepAliveTimeout: idleConnectionMs,
    keepAliveMaxTimeout: idleConnectionMs,
    // The time limit is that of the whole request.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

/** What all hops of a request have in common. */
interface RequestContext {
  reach: Reach;
  agent: Agent;
  signal: AbortSignal;
  maxResponseBytes: number;
}

/**
 * Sends a request that was judged, and follows its redirects, each of which is judged too.
 *
 * @throws FetchError, PermissionError `PERMISSION_DENIED`, or the signal's reason.
 */
export async function performRequest(
  { first, redirect }: GuestRequest,
  context: RequestContext,
): Promise<HostFetchResponse> {
  let hop = first;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const outcome = await sendHop(hop, redirect, context);
    if ("status" in outcome) return outcome;
    context.reach.judge(outcome.url, outcome.method);
    hop = outcome;
  }
  const { host } = first.url;
  const message = `${host} redirects more than ${maxRedirects} times`;
  throw new FetchError(message, { code: "FETCH_REDIRECT", data: { host } });
}

async function sendHop(
  hop: Hop,
  redirect: RedirectMode,
  { agent, signal, maxResponseBytes }: RequestContext,
): Promise<HostFetchResponse | Hop> {
  const { url, method, headers, body = null } = hop;
  try {
    const { fetch } = await import("undici");
    const response = await fetch(url, {
      method,
      headers: [...headers],
      body,
      redirect: "manual",
      signal,
      dispatcher: agent,
    });
    if (redirect !== "manual") {
      const next = nextHop(hop, response.status, response.headers.get("location"));
      if (next) await response.body?.cancel();
      if (next && redirect === "error") {
        const message = `${url.host} redirects, which the request forbids`;
        throw new FetchError(message, { code: "FETCH_REDIRECT", data: { host: url.host } });
      }
      if (next) return next;
    }
    const bytes = await readCapped(response, maxResponseBytes, url.host);
    return {
      url: url.href,
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers],
      body: bytes.toString("base64"),
    };
  } catch (error) {
    signal.throwIfAborted();
    throw failure(error, url.host);
  }
}

/** undici wraps what really happened, several times over. */
function failure(error: unknown, host: string): Error {
  let innermost = error;
  for (let at = error; at instanceof Error; at = at instanceof AggregateError ? at.errors[0] : at.cause) {
    if (at instanceof PermissionError || at instanceof FetchError) return at;
    innermost = at;
  }
  const message = `No answer of ${host}: ${errorMessage(innermost)}`;
  return new FetchError(message, { code: "FETCH_FAILED", data: { host }, cause: error });
}

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { Hub } from "../hub.ts";
import { repoKeyIn } from "./request/hub-request.ts";
import { admit, countRefused } from "./limits/admission.ts";
import { clientAddress } from "./request/client-address.ts";
import { corsHeaders, preflightHeaders } from "./reply/cors.ts";
import { cutOffLateRequest } from "./request/cut-off-late-request.ts";
import { errorReply, isRefusal } from "./reply/error-forms.ts";
import type { Exchange } from "./exchange.ts";
import { rateHeaders } from "./limits/rate-limiter.ts";
import { recordExchange } from "./record-exchange.ts";
import type { Reply } from "./reply/reply.ts";
import { RequestBody } from "./request/request-body.ts";
import { findRoute, type Match, type Route } from "./router.ts";
import { sendStream } from "./reply/send-stream.ts";

/** A failure of the hub itself, as it is reported to whoever runs it. */
export interface HubFailure {
  error: unknown;
  /** The request that failed; absent for failures between requests. */
  request?: {
    /** The `X-Request-Id` that the client was given. */
    id: string;
    method: string;
    /** Without the query. */
    path: string;
  };
}

/** Turns requests into answers, and knows which ones are still running. */
export class RequestHandler {
  readonly #hub: Hub;
  readonly #routes: readonly Route[];
  readonly #onFailure: ((failure: HubFailure) => void) | undefined;
  readonly #running = new Map<Promise<void>, AbortController>();

  constructor(hub: Hub, routes: readonly Route[], onFailure?: (failure: HubFailure) => void) {
    this.#hub = hub;
    this.#routes = routes;
    this.#onFailure = onFailure;
  }

  /** The listener for the server's `request` event. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    const controller = new AbortController();
    response.once("close", () => controller.abort(new Error("The client has gone.")));
    // A stream as an answer adds some of its own.
    response.setMaxListeners(20);
    const running = this.#answer(request, response, controller.signal)
      // The client has gone, or broke off in the middle of its request: nobody is left to answer.
      .catch(() => response.destroy())
      .then(() => void this.#running.delete(running));
    this.#running.set(running, controller);
  }

  /** Ends the waiting of all requests that run. */
  abort(reason: Error): void {
    for (const controller of this.#running.values()) controller.abort(reason);
  }

  /** Waits until no request runs. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.keys());
  }

  async #answer(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const exchange = this.#begin(request);
    response.once("close", () => exchange.place?.[Symbol.dispose]());
    const { id, method, path } = exchange;
    const body = new RequestBody(request);
    const report = (error: unknown) => this.#onFailure?.({ error, request: { id, method, path } });
    let reply: Reply;
    try {
      reply = await this.#reply(request, response, body, exchange, signal);
    } catch (error) {
      exchange.error = error;
      if (!isRefusal(error) && !signal.aborted && request.errored === null) report(error);
      reply = errorReply(error, exchange.viewer === undefined && request.headers.authorization === undefined);
    }
    recordExchange(this.#hub, exchange, reply.status);
    const stream = reply.body instanceof Readable ? reply.body : undefined;
    const whole = reply.body instanceof Readable ? undefined : reply.body;
    // From now on nothing that happens to it is unforeseen, and it does not outlive the connection.
    stream?.on("error", () => {});
    response.once("close", () => stream?.destroy());
    // A client that is still sending may read nothing before it is done.
    if (!request.complete) await body.drain(this.#hub.limits.maxCommitBytes);
    if (response.destroyed) {
      stream?.destroy();
      return;
    }
    if (!request.complete) response.setHeader("Connection", "close");
    response.writeHead(reply.status, {
      "X-Request-Id": id,
      ...corsHeaders,
      "X-Content-Type-Options": "nosniff",
      ...(exchange.rate && rateHeaders(exchange.rate)),
      // Git sends a token only where it is asked for one.
      ...(reply.status === 401 && exchange.route?.basicAuth && { "WWW-Authenticate": 'Basic realm="hub"' }),
      ...(whole === undefined ? {} : { "Content-Length": String(Buffer.byteLength(whole)) }),
      ...reply.headers,
    });
    if (stream) await sendStream(stream, response, signal, report);
    else response.end(whole);
  }

  #begin(request: IncomingMessage): Exchange {
    return {
      id: randomUUID(),
      method: request.method ?? "GET",
      path: pathOf(request),
      address: clientAddress(request, this.#hub.trustProxy),
      startedAt: performance.now(),
      notes: { facts: {} },
    };
  }

  async #reply(
    request: IncomingMessage,
    response: ServerResponse,
    body: RequestBody,
    exchange: Exchange,
    signal: AbortSignal,
  ): Promise<Reply> {
    const { method, notes } = exchange;
    const { limits, publicUrl } = this.#hub;
    const path = withoutPrefix(exchange.path, new URL(publicUrl).pathname);
    const found = tryRoute(this.#routes, method === "HEAD" ? "GET" : method, path);
    if (found.match) {
      exchange.route = found.match.route;
      exchange.params = found.match.params;
    }
    const limitMs = exchange.route?.upload ? limits.uploadTimeoutMs : limits.requestTimeoutMs;
    cutOffLateRequest(request, response, limitMs);
    if (method === "OPTIONS") return { status: 204, headers: preflightHeaders };
    // Counted whether the address exists or not.
    await admit(this.#hub, exchange, request.headers.authorization);
    if (!found.match) throw found.error;
    const { route, params, rest } = found.match;
    const query = new URLSearchParams(request.url?.split("?").slice(1).join("?"));
    const { headers } = request;
    const { viewer } = exchange;
    try {
      return await route.handle(
        { head: method === "HEAD", path, params, rest, query, headers, body, viewer, notes, signal },
        this.#hub,
      );
    } catch (error) {
      if (isRefusal(error)) countRefused(this.#hub, exchange);
      throw error;
    } finally {
      const key = route.action !== undefined && viewer ? repoKeyIn(params) : undefined;
      // Also when it failed: what was begun may have been done. Strangers change nothing, and are not listened to.
      if (key) this.#hub.index.changed(key);
    }
  }
}

/** The route for an address, or why there is none. */
function tryRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { match: Match } | { match?: undefined; error: unknown } {
  try {
    return { match: findRoute(routes, method, path) };
  } catch (error) {
    return { error };
  }
}

/** The path of a request. Several `/` at the start count as one: the JavaScript client sends two for a base with one. */
function pathOf(request: IncomingMessage): string {
  const target = request.url ?? "/";
  return (target.split("?", 1)[0] ?? "").replace(/^(https?:\/\/[^/]*)?\/*/i, "/");
}

/** A proxy in front of the hub may have removed the path prefix, or not: both reach the same routes. */
function withoutPrefix(path: string, prefix: string): string {
  return prefix !== "/" && path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}

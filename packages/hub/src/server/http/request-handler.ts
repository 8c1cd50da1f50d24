import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Viewer } from "../access/viewer.ts";
import type { Hub } from "../hub.ts";
import { HubServerError } from "../hub-server-error.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { errorReply, isRefusal } from "./error-forms.ts";
import type { Reply } from "./reply.ts";
import { RequestBody } from "./request-body.ts";
import { findRoute, type Route } from "./router.ts";

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
    const requestId = randomUUID();
    const method = request.method ?? "GET";
    const body = new RequestBody(request);
    let reply: Reply;
    try {
      reply = await this.#reply(request, method, body, signal);
    } catch (error) {
      if (!isRefusal(error) && !signal.aborted && request.errored === null) {
        this.#onFailure?.({ error, request: { id: requestId, method, path: pathOf(request) } });
      }
      reply = errorReply(error, request.headers.authorization === undefined);
    }
    // A client that is still sending may read nothing before it is done.
    if (!request.complete) await body.drain(this.#hub.limits.maxCommitBytes);
    if (response.destroyed) return;
    if (!request.complete) response.setHeader("Connection", "close");
    response.writeHead(reply.status, {
      "X-Request-Id": requestId,
      ...corsHeaders,
      "X-Content-Type-Options": "nosniff",
      ...(reply.body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(reply.body)) }),
      ...reply.headers,
    });
    response.end(reply.body);
  }

  async #reply(request: IncomingMessage, method: string, body: RequestBody, signal: AbortSignal): Promise<Reply> {
    if (method === "OPTIONS") return { status: 204, headers: preflightHeaders };
    const path = withoutPrefix(pathOf(request), new URL(this.#hub.publicUrl).pathname);
    const viewer = this.#viewer(request.headers.authorization);
    const { route, params, rest } = findRoute(this.#routes, method === "HEAD" ? "GET" : method, path);
    const query = new URLSearchParams(request.url?.split("?").slice(1).join("?"));
    const { headers } = request;
    return route.handle(
      { head: method === "HEAD", path, params, rest, query, headers, body, viewer, signal },
      this.#hub,
    );
  }

  #viewer(authorization: string | undefined): Viewer | undefined {
    if (authorization === undefined) return undefined;
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const viewer = token === undefined ? undefined : this.#hub.tokens.find(token);
    if (!viewer) throw new HubServerError("HUB_BAD_TOKEN", "The token is not one of this hub.");
    return viewer;
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

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isRecord } from "../../shared/json-access.ts";
import type { HttpSettings } from "./http-options.ts";
import { readBody, sendError, sendResponse, webRequest } from "./node-http.ts";
import { refusalOf } from "./request-guard.ts";
import type { SdkServer, ServerHandlers, ServerLine, SessionTransport } from "./server-line.ts";

interface Session {
  server: SdkServer;
  transport: SessionTransport;
  /** Requests that are not answered yet, streams included. */
  open: number;
  lastUsed: number;
}

const parseError = -32_700;

/** The clients of a server over HTTP, each with a session of its own. */
export class HttpSessions implements AsyncDisposable {
  readonly #line: ServerLine;
  readonly #handlers: ServerHandlers;
  readonly #settings: HttpSettings;
  readonly #sessions = new Map<string, Session>();
  /** Sessions that are being made count as well. */
  #starting = 0;
  #closed = false;

  constructor(line: ServerLine, handlers: ServerHandlers, settings: HttpSettings) {
    this.#line = line;
    this.#handlers = handlers;
    this.#settings = settings;
  }

  /** The servers of all clients. */
  get servers(): readonly SdkServer[] {
    return [...this.#sessions.values()].map(({ server }) => server);
  }

  /** Answers a request. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(request, response);
    } catch {
      if (response.headersSent) response.destroy();
      else sendError(response, 500, "Internal error", { code: -32_603 });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const open = [...this.#sessions.keys()];
    await Promise.all(open.map((id) => this.#end(id)));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, this.#settings);
    if (refusal) {
      const headers: Record<string, string> = refusal.status === 401 ? { "www-authenticate": "Bearer" } : {};
      sendError(response, refusal.status, refusal.message, { headers });
      return;
    }
    const { maxBodyBytes } = this.#settings;
    const body = request.method === "POST" ? await readBody(request, maxBodyBytes) : "";
    if (body === undefined) {
      sendError(response, 413, `A request has at most ${maxBodyBytes} bytes`, { headers: { connection: "close" } });
      return;
    }
    let parsedBody: unknown;
    try {
      parsedBody = body === "" ? undefined : JSON.parse(body);
    } catch {
      sendError(response, 400, "The request is no JSON", { code: parseError });
      return;
    }
    const session = await this.#sessionOf(request, parsedBody, response);
    if (!session) return;
    session.open++;
    try {
      const answer = await session.transport.handleRequest(webRequest(request), {
        ...(parsedBody !== undefined && { parsedBody }),
      });
      const { sessionId } = session.transport;
      if (sessionId !== undefined) this.#sessions.set(sessionId, session);
      await sendResponse(answer, response);
    } finally {
      session.open--;
      session.lastUsed = performance.now();
      // What the transport refused has made no session.
      const isKept = session.transport.sessionId !== undefined && !this.#closed;
      if (!isKept) await session.server.close().catch(() => undefined);
    }
  }

  /** The session of a request; `undefined` after it was answered that there is none. */
  async #sessionOf(request: IncomingMessage, body: unknown, response: ServerResponse): Promise<Session | undefined> {
    const id = request.headers["mcp-session-id"];
    if (typeof id === "string") {
      const session = this.#sessions.get(id);
      if (!session) sendError(response, 404, "There is no such session: begin a new one", { code: -32_001 });
      return session;
    }
    if (![body].flat().some((message) => isRecord(message) && message["method"] === "initialize")) {
      sendError(response, 400, "A session begins with initialize");
      return undefined;
    }
    this.#expire();
    if (this.#closed || this.#sessions.size + this.#starting >= this.#settings.maxSessions) {
      sendError(response, 503, "There are too many clients", { headers: { "retry-after": "30" } });
      return undefined;
    }
    this.#starting++;
    try {
      return await this.#begin();
    } finally {
      this.#starting--;
    }
  }

  async #begin(): Promise<Session> {
    const id = randomUUID();
    const { server, transport } = await this.#line.http(this.#handlers, {
      sessionIdGenerator: () => id,
      onsessionclosed: () => this.#sessions.delete(id),
    });
    return { server, transport, open: 0, lastUsed: performance.now() };
  }

  /** Ends sessions that nobody uses. Looked for when somebody comes, so that no timer keeps the program alive. */
  #expire(): void {
    const longestAgo = performance.now() - this.#settings.sessionIdleMs;
    for (const [id, { open, lastUsed }] of this.#sessions) {
      if (open === 0 && lastUsed < longestAgo) void this.#end(id);
    }
  }

  async #end(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    this.#sessions.delete(id);
    await session?.server.close().catch(() => undefined);
  }
}

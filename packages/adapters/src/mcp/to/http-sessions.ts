import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { isRecord } from "../../shared/json-access.ts";
import type { HttpSettings } from "./http-options.ts";
import { sendError, sendResponse } from "./node-http.ts";
import type { SdkServer, ServerHandlers, ServerLine, SessionTransport } from "./server-line.ts";

interface Session {
  server: SdkServer;
  transport: SessionTransport;
  /** Requests that are not answered yet, streams included. */
  open: number;
  lastUsed: number;
}

/** The clients of a server that have a session each. Source: MCP 2025-11-25, transports, "Session Management". */
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

  /** Tells the clients that there are other tools; one that is gone is not told. */
  async toolsChanged(): Promise<void> {
    await Promise.allSettled([...this.#sessions.values()].map(({ server }) => server.toolsChanged()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const open = [...this.#sessions.keys()];
    await Promise.all(open.map((id) => this.#end(id)));
  }

  /** Answers a request that was let in, and whose body was read. */
  async answer(request: Request, parsedBody: unknown, response: ServerResponse): Promise<void> {
    const session = await this.#sessionOf(request, parsedBody, response);
    if (!session) return;
    session.open++;
    try {
      const answer = await session.transport.handleRequest(request, {
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
  async #sessionOf(request: Request, body: unknown, response: ServerResponse): Promise<Session | undefined> {
    const id = request.headers.get("mcp-session-id");
    if (id !== null) {
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

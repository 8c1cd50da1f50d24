import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpSettings } from "./http-options.ts";
import { HttpSessions } from "./http-sessions.ts";
import { readBody, sendError, sendResponse, webRequest } from "./node-http.ts";
import { refusalOf } from "./request-guard.ts";
import type { ServerHandlers, ServerLine, StatelessServer } from "./server-line.ts";

const parseError = -32_700;

/** A server over HTTP: clients of the protocol of 2025-11-25 have sessions, those of 2026-07-28 have none. */
export class HttpEndpoint implements AsyncDisposable {
  readonly #settings: HttpSettings;
  readonly #sessions: HttpSessions;
  readonly #stateless: StatelessServer | undefined;

  constructor(line: ServerLine, handlers: ServerHandlers, settings: HttpSettings) {
    this.#settings = settings;
    this.#sessions = new HttpSessions(line, handlers, settings);
    this.#stateless = line.stateless?.(handlers, { maxSubscriptions: settings.maxSessions });
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

  /** Tells all clients that there are other tools. */
  async toolsChanged(): Promise<void> {
    this.#stateless?.toolsChanged();
    await this.#sessions.toolsChanged();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#sessions[Symbol.asyncDispose](), this.#stateless?.close()]);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, this.#settings);
    if (refusal) {
      const headers: Record<string, string> = refusal.status === 401 ? { "www-authenticate": "Bearer" } : {};
      sendError(response, refusal.status, refusal.message, { headers });
      return;
    }
    const { maxBodyBytes } = this.#settings;
    const text = request.method === "POST" ? await readBody(request, maxBodyBytes) : "";
    if (text === undefined) {
      sendError(response, 413, `A request has at most ${maxBodyBytes} bytes`, { headers: { connection: "close" } });
      return;
    }
    let body: unknown;
    try {
      body = text === "" ? undefined : JSON.parse(text);
    } catch {
      sendError(response, 400, "The request is not JSON", { code: parseError });
      return;
    }
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const asked = webRequest(request, gone.signal);
    if (await this.#stateless?.takes(asked, body)) {
      const answer = await this.#stateless?.answer(asked, body);
      if (answer) await sendResponse(answer, response);
      return;
    }
    await this.#sessions.answer(asked, body, response);
  }
}

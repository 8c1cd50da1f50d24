// One session with an MCP server over streamable HTTP, by `fetch` alone.
// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http

import { ask, textOf, texts } from "./bounded-fetch.js";
import { events } from "./event-stream.js";

const protocolVersions = ["2025-11-25", "2025-06-18", "2025-03-26"];
const clientInfo = { name: "smoltools", version: "1.0.0" };

/** How long a server may take, in milliseconds. A sandbox may end a call before. */
const timeouts = { request: 30_000, call: 300_000, farewell: 1000 };

/** How often the rest of a stream that ended too early is asked for. */
const maxResumptions = 5;

/** Longest text of a server in an error. */
const maxText = 8000;

/** The server does not know the session any more: what was asked was not done. */
export class SessionGone extends Error {}

/**
 * A server: where it is, and the token for it or the variable in which it stands.
 *
 * @typedef {{ name: string, url: string, token?: string, tokenVariable?: string }} McpServer
 */

/** A session, from `initialize` to `DELETE`. */
export class McpSession {
  #server;
  #signal;
  #headers;
  #lastId = 0;
  /** What the server says of itself: `{ protocolVersion, capabilities, serverInfo, instructions? }`. */
  about = {};
  /** Where the last answer came from: another address than the server's where that one redirects. */
  answeredAt;

  /**
   * @param {McpServer} server
   * @param {AbortSignal} [signal] - Ends everything that the session does.
   */
  constructor(server, signal) {
    this.#server = server;
    this.#signal = signal;
    const token = tokenOf(server);
    // Whoever refuses such a header repeats what it holds.
    if (token && /[^\x20-\x7e]/.test(token))
      throw this.#error("cannot be sent its token: it is more than one line of ASCII");
    this.#headers = {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      ...(token && { authorization: `Bearer ${token}` }),
    };
  }

  /** Begins the session. */
  async open() {
    const params = { protocolVersion: protocolVersions[0], capabilities: {}, clientInfo };
    const about = await this.request("initialize", params);
    if (!protocolVersions.includes(about.protocolVersion)) {
      throw this.#error(`speaks version ${String(about.protocolVersion)} of the protocol, which is not understood`);
    }
    this.about = about;
    this.#headers["mcp-protocol-version"] = about.protocolVersion;
    await this.#post("initialized", { method: "notifications/initialized" }, (response) => this.#check(response));
  }

  /**
   * Asks the server for something.
   *
   * @returns The result, of which nothing is known but that it is an object.
   */
  async request(method, params) {
    const id = ++this.#lastId;
    const answer = await this.#post(method, { id, method, params }, async (response) => {
      await this.#check(response);
      if (method === "initialize") {
        const sessionId = response.headers.get("mcp-session-id");
        if (sessionId) this.#headers["mcp-session-id"] = sessionId;
      }
      const isStream = /^\s*text\/event-stream\b/i.test(response.headers.get("content-type") ?? "");
      return isStream ? this.#streamed(response, id) : answerIn(await textOf(response), id);
    });
    if (answer?.error) throw this.#error(`refused ${method}: ${String(answer.error.message)}`);
    const { result } = answer ?? {};
    if (typeof result !== "object" || result === null) throw this.#error(`does not answer ${method} with a result`);
    return result;
  }

  /** All pages of a list, such as `("tools/list", "tools")`. */
  async list(method, key) {
    const items = [];
    const seen = new Set();
    for (let cursor; ;) {
      const page = await this.request(method, cursor === undefined ? {} : { cursor });
      if (!Array.isArray(page[key])) throw this.#error(`answers ${method} without a list of ${key}`);
      items.push(...page[key]);
      cursor = page.nextCursor;
      if (typeof cursor !== "string" || cursor === "") return items;
      if (seen.has(cursor) || seen.size > 1000 || items.length > 2000) throw this.#error(`has ${key} without end`);
      seen.add(cursor);
    }
  }

  /** Tells the server that the session is over. Whether it hears that does not matter. */
  async close() {
    if (!this.#headers["mcp-session-id"]) return;
    const request = { method: "DELETE", headers: this.#headers, what: "the end", timeoutMs: timeouts.farewell };
    await ask(this.#server.url, request, () => undefined).catch(() => undefined);
  }

  /** A text of the server's for an error: without what drives terminals, without the token, and not endless. */
  text(said) {
    const token = tokenOf(this.#server);
    // Before it is cut: half a token is a secret too. And after: what is taken out may have hidden it.
    const redacted = (text) => (token ? text.replaceAll(token, "***") : text);
    const clean = redacted(String(said))
      .slice(0, maxText)
      .replace(/[^\n\t\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "");
    return redacted(clean).trim();
  }

  #post(what, message, read) {
    const request = { method: "POST", headers: this.#headers, body: JSON.stringify({ jsonrpc: "2.0", ...message }) };
    const timeoutMs = message.method === "tools/call" ? timeouts.call : timeouts.request;
    return ask(this.#server.url, { ...request, ...this.#limits(what, timeoutMs) }, (response) => {
      this.answeredAt = response.url;
      return read(response);
    });
  }

  #limits(what, timeoutMs) {
    return { what: `${this.#server.name}: ${what}`, timeoutMs, signal: this.#signal };
  }

  /** The answer in a stream of events. A server may end a stream before, and give the rest when it is asked for it. */
  async #streamed(response, id, resumed = 0) {
    let lastId;
    let waitMs = 1000;
    for await (const { data, id: eventId, retryMs } of events(texts(response))) {
      lastId = eventId ?? lastId;
      waitMs = retryMs ?? waitMs;
      const answer = data === "" ? undefined : answerIn(data, id);
      if (answer) return answer;
    }
    if (lastId === undefined || resumed >= maxResumptions) {
      throw this.#error("ended the connection before its answer came");
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, 5000)));
    const headers = { ...this.#headers, "last-event-id": lastId };
    const request = { method: "GET", headers, ...this.#limits("the rest of its answer", timeouts.call) };
    return ask(this.#server.url, request, async (rest) => {
      // The request itself may have been done: it is not sent again.
      if (!rest.ok) throw this.#error(`ended the connection, and does not give the rest: HTTP ${rest.status}`);
      return this.#streamed(rest, id, resumed + 1);
    });
  }

  async #check(response) {
    const { status, ok } = response;
    if (ok) return;
    if (status === 404 && this.#headers["mcp-session-id"]) throw new SessionGone("The session is over");
    if (status === 401 || status === 403) throw this.#error(this.#unauthorised());
    const body = await textOf(response);
    const said = parseJson(body)?.error?.message ?? (body.trimStart().startsWith("<") ? "a page of HTML" : body);
    throw this.#error(`answers with HTTP ${status}: ${this.text(said).slice(0, 500)}`);
  }

  #unauthorised() {
    const { tokenVariable: name } = this.#server;
    if (name === undefined) return "wants a token, and this package was made without one: smoltools convert --env NAME";
    return tokenOf(this.#server) ? `refuses the token in ${name}` : `wants a token: set the variable ${name}`;
  }

  #error(what) {
    return new Error(`${this.#server.name} ${this.text(what)}`);
  }
}

function tokenOf({ token, tokenVariable }) {
  return (token ?? (tokenVariable === undefined ? undefined : globalThis.process?.env?.[tokenVariable]))?.trim();
}

/** The message that answers a request, in a text that may hold a list of messages. */
function answerIn(text, id) {
  const messages = [parseJson(text)].flat();
  return messages.find((message) => message?.id === id && !("method" in message));
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

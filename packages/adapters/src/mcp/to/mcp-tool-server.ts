import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import process from "node:process";
import type { Readable, Writable } from "node:stream";
import { AdapterError } from "../../shared/adapter-error.ts";
import { isLoopback } from "../../shared/loopback.ts";
import { requestUrl } from "../../shared/request-url.ts";
import { httpSettings, type McpHttpOptions, type McpListenOptions } from "./http-options.ts";
import { HttpEndpoint } from "./http-endpoint.ts";
import { sendError } from "./node-http.ts";
import { loadServerLine, type SdkServer, type ServerHandlers } from "./server-line.ts";
import { type Servable, ServedTools } from "./served-tools.ts";
import { type ProtocolStream, takeStdout } from "./take-stdout.ts";

/** What a server says of itself. */
export interface McpServerInfo {
  name: string;
  version: string;
  /** How to use the tools together, for the client's model. */
  instructions?: string;
}

/** A server that listens. Disposing it ends it, with the sessions of its clients. */
export interface McpHttpEndpoint extends AsyncDisposable {
  /** Where clients reach it. */
  readonly url: string;
}

/** Tools as an MCP server. See `toMcpServer`. */
export class McpToolServer implements AsyncDisposable {
  readonly #handlers: ServerHandlers;
  readonly #endpoints = new Set<HttpEndpoint>();
  readonly #streams = new Set<SdkServer>();
  readonly #endings = new Set<() => Promise<void>>();
  #served: ServedTools;

  /** @internal */
  constructor(served: readonly Servable[], { name, version, instructions }: McpServerInfo) {
    this.#served = new ServedTools(served);
    this.#handlers = {
      info: { name, version },
      instructions,
      list: () => this.#served.entries,
      call: (tool, input, context) => this.#served.call(tool, input, context),
    };
  }

  /**
   * Offers other tools from now on, and tells the clients.
   *
   * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when two have one name.
   */
  async setTools(served: readonly Servable[]): Promise<void> {
    this.#served = new ServedTools(served);
    // A client that is gone is not told.
    await Promise.allSettled([...this.#streams, ...this.#endpoints].map((clients) => clients.toolsChanged()));
  }

  /**
   * Serves the client that has started this program. Meanwhile whatever else the program writes to its standard output
   * goes to standard error, as the client would take it for messages.
   *
   * @param options - `signal` ends it; other streams can be given in place of this process's.
   * @returns When the client is gone, or the signal was aborted.
   */
  async serveStdio({
    signal,
    stdin = process.stdin,
    stdout,
  }: { signal?: AbortSignal; stdin?: Readable; stdout?: Writable } = {}): Promise<void> {
    const line = await loadServerLine();
    using output: ProtocolStream = stdout ? { stream: stdout, [Symbol.dispose]: () => undefined } : takeStdout();
    const gone = new AbortController();
    const end = (): void => gone.abort();
    const ending = async (): Promise<void> => end();
    const inputEnds = ["end", "close", "error"];
    for (const event of inputEnds) stdin.once(event, end);
    signal?.addEventListener("abort", end, { once: true });
    this.#endings.add(ending);
    let server: SdkServer | undefined;
    try {
      server = await line.stdio(this.#handlers, { stdin, stdout: output.stream, onClose: end });
      this.#streams.add(server);
      if (signal?.aborted || stdin.readableEnded || stdin.destroyed) end();
      if (!gone.signal.aborted) await once(gone.signal, "abort");
    } finally {
      signal?.removeEventListener("abort", end);
      for (const event of inputEnds) stdin.off(event, end);
      this.#endings.delete(ending);
      if (server) {
        this.#streams.delete(server);
        await server.close();
      }
    }
  }

  /**
   * Handles requests of a server of `node:http` that is yours: streamable HTTP at whatever path you hand over, in the
   * protocol of 2025-11-25 and, with version 2 of the SDK, of 2026-07-28, whichever a client speaks.
   *
   * @throws AdapterError `ADAPTER_PEER_MISSING`, `ADAPTER_OPTIONS_INVALID`.
   */
  async handler(
    options: McpHttpOptions = {},
  ): Promise<((request: IncomingMessage, response: ServerResponse) => void) & AsyncDisposable> {
    const settings = httpSettings(options);
    const endpoint = new HttpEndpoint(await loadServerLine(), this.#handlers, settings);
    this.#endpoints.add(endpoint);
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      void endpoint.handle(request, response);
    };
    return Object.assign(handle, {
      [Symbol.asyncDispose]: async (): Promise<void> => {
        this.#endpoints.delete(endpoint);
        await endpoint[Symbol.asyncDispose]();
      },
    });
  }

  /**
   * Listens for clients over streamable HTTP, on this machine unless told otherwise.
   *
   * @throws AdapterError `ADAPTER_OPTIONS_INVALID` for an address that others reach, without a token.
   */
  async listen({
    port = 0,
    host = "127.0.0.1",
    path = "/mcp",
    ...options
  }: McpListenOptions = {}): Promise<McpHttpEndpoint> {
    const shownHost = host.includes(":") ? `[${host}]` : host;
    if (!isLoopback(new URL(`http://${shownHost}`)) && options.token === undefined) {
      throw new AdapterError(`An MCP server that listens at ${host} can be used by others: give it a token`, {
        code: "ADAPTER_OPTIONS_INVALID",
      });
    }
    const handle = await this.handler(options);
    const server = createServer((request, response) => {
      if (requestUrl(request)?.pathname === path) handle(request, response);
      else sendError(response, 404, `The server is at ${path}`);
    });
    server.listen(port, host);
    try {
      await once(server, "listening");
    } catch (error) {
      await handle[Symbol.asyncDispose]();
      throw error;
    }
    const address = server.address();
    const actual = typeof address === "object" && address !== null ? address.port : port;
    const end = async (): Promise<void> => {
      this.#endings.delete(end);
      const closed = server.listening ? once(server, "close") : undefined;
      server.close();
      await handle[Symbol.asyncDispose]();
      server.closeAllConnections();
      await closed;
    };
    this.#endings.add(end);
    return { url: `http://${shownHost}:${actual}${path}`, [Symbol.asyncDispose]: end };
  }

  /** Ends everything that it serves. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#endings].map((end) => end()));
    await Promise.all([...this.#endpoints].map((endpoint) => endpoint[Symbol.asyncDispose]()));
  }
}

import { ToolSourceError } from "@smoltools/core";
import { sleep } from "../../shared/async/sleep.ts";
import { untilAborted } from "../../shared/async/until-aborted.ts";
import { ClientConnection, type SdkClient } from "../connection/client-connection.ts";
import type { ConnectionEvents, McpConnection } from "../connection/mcp-connection.ts";
import { openConnection } from "../connection/open-connection.ts";
import type { ServerRequests } from "../connection/server-requests.ts";
import { type SourceIdentity, sourceFailure } from "../connection/source-failure.ts";
import type { McpLimits } from "./mcp-options.ts";
import type { McpHttpServer, McpStdioServer } from "./mcp-server.ts";

/** Longest wait before a server is started again, in milliseconds. */
const longestDelayMs = 30_000;

/** What a connection is kept with. */
export interface KeptConnectionOptions {
  identity: SourceIdentity;
  /** Started or reached when it is first needed; or a client that is connected. */
  server: McpStdioServer | McpHttpServer | { client: SdkClient };
  limits: McpLimits;
  requests: ServerRequests;
  events: Pick<ConnectionEvents, "onToolsChanged"> & {
    /** What was learnt over the connection may not hold any more. */
    onOutdated: () => void;
  };
  /** Ends it. */
  lifetime: AbortSignal;
}

/** The connection to one server: made when it is first needed, and again after it ended. */
export class KeptConnection implements AsyncDisposable {
  readonly #options: KeptConnectionOptions;
  #connecting: Promise<McpConnection> | undefined;
  #connection: McpConnection | undefined;
  #wasConnected = false;
  /** How often in a row the connection ended without having been of use. */
  #ends = 0;

  constructor(options: KeptConnectionOptions) {
    this.#options = options;
  }

  /** What the server calls itself, as it came, once it was reached. */
  get serverInfo(): unknown {
    return this.#connection?.serverInfo;
  }

  /**
   * The connection that there is, or a new one. Callers that ask at the same time share it.
   *
   * @param signal - Ends the wait for it.
   */
  get(signal: AbortSignal): Promise<McpConnection> {
    const known = this.#connection;
    if (known && !known.ended) return Promise.resolve(known);
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    // Whoever asked may be gone when it fails.
    this.#connecting.catch(() => undefined);
    return untilAborted(this.#connecting, signal);
  }

  /** The connection was of use. */
  worked(): void {
    this.#ends = 0;
  }

  /** A connection over which nothing goes any more is not used again. */
  drop(connection: McpConnection): void {
    if (this.#connection !== connection || "client" in this.#options.server) return;
    this.#connection = undefined;
    this.#ends++;
    void connection.close().catch(() => undefined);
  }

  /** To be called after the lifetime was ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connecting?.catch(() => undefined);
    await this.#connection?.close().catch(() => undefined);
  }

  async #connect(): Promise<McpConnection> {
    const { server, identity, events, limits, lifetime } = this.#options;
    events.onOutdated();
    if ("client" in server) {
      if (this.#connection) throw sourceFailure(identity, "cannot be used any more", this.#connection.ended);
      this.#connection = new ClientConnection(server.client, this.#events(), { owned: false });
      return this.#connection;
    }
    const { maxRetries, retryDelayMs } = limits;
    const delay = (times: number): number => Math.min(retryDelayMs * 2 ** times, longestDelayMs);
    // One that ends again and again is started less and less often.
    if (this.#ends > 1) await sleep(delay(this.#ends - 2), lifetime);
    for (let tried = 0; ; tried++) {
      try {
        this.#connection = await this.#open(server);
        this.#wasConnected = true;
        return this.#connection;
      } catch (error) {
        lifetime.throwIfAborted();
        const isTransient = error instanceof ToolSourceError && error.code === "SOURCE_UNAVAILABLE";
        // What has never worked is wrong rather than down.
        if (!isTransient || !this.#wasConnected || tried >= maxRetries) throw error;
        await sleep(delay(tried), lifetime);
      }
    }
  }

  #open(server: McpStdioServer | McpHttpServer): Promise<McpConnection> {
    const { identity, limits, requests, lifetime } = this.#options;
    return openConnection(server, { identity, limits, requests, events: this.#events(), signal: lifetime });
  }

  #events(): ConnectionEvents {
    const { onOutdated, onToolsChanged } = this.#options.events;
    return {
      onToolsChanged: () => {
        onOutdated();
        onToolsChanged();
      },
      onToolsMissed: onOutdated,
      onEnd: () => {
        this.#ends++;
        onOutdated();
      },
    };
  }
}

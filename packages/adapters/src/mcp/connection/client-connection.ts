import { sleep } from "../../shared/sleep.ts";
import { isRecord } from "../../shared/json-access.ts";
import { anyResult } from "./any-result.ts";
import type { ConnectionEvents, McpConnection, RequestOptions, RequestProgress } from "./mcp-connection.ts";

/** Timers count no further: the limits of requests are kept here, by their signals. */
const noTimeoutMs = 2 ** 31 - 1;

/** How long a server gets to hear that a session is over, in milliseconds. */
const farewellMs = 500;

const toolsChanged = "notifications/tools/list_changed";

/** What the clients of both lines of the SDK have in common. */
export interface SdkClient {
  request(
    request: { method: string; params: Readonly<Record<string, unknown>> },
    schema: typeof anyResult,
    options: {
      signal: AbortSignal;
      timeout: number;
      onprogress?: (progress: RequestProgress) => void;
    },
  ): Promise<unknown>;
  close?(): Promise<void>;
  getServerCapabilities?(): unknown;
  /** Version 2 only: which of its two protocols it speaks. */
  getProtocolEra?(): string | undefined;
  /** Version 2 only. */
  listen?(filter: { toolsListChanged: boolean }): Promise<unknown>;
  /** Version 2 only: its own way to call tools, which sets headers that the newer protocol wants. */
  callTool?(params: object, options: object): Promise<unknown>;
  onclose?: (() => void) | undefined;
  fallbackNotificationHandler?: ((notification: { method: string }) => Promise<void>) | undefined;
}

/** A connection over a client of either line of the SDK. */
export class ClientConnection implements McpConnection {
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly #client: SdkClient;
  readonly #events: ConnectionEvents;
  readonly #isOwned: boolean;
  readonly #farewell: (() => Promise<void>) | undefined;
  #ended: Error | undefined;
  #unlisten: () => void = () => undefined;

  /**
   * @param client - It is connected.
   * @param options - `owned` tells whether it is closed with this connection; `farewell` is done before.
   */
  constructor(
    client: SdkClient,
    events: ConnectionEvents,
    { owned, farewell }: { owned: boolean; farewell?: (() => Promise<void>) | undefined },
  ) {
    this.#client = client;
    this.#events = events;
    this.#isOwned = owned;
    this.#farewell = farewell;
    const capabilities = client.getServerCapabilities?.();
    this.capabilities = isRecord(capabilities) ? capabilities : { tools: {} };
    this.#listen();
  }

  get ended(): Error | undefined {
    return this.#ended;
  }

  async request(
    method: string,
    params: Readonly<Record<string, unknown>>,
    { signal, onProgress }: RequestOptions,
  ): Promise<unknown> {
    signal.throwIfAborted();
    if (this.#ended) throw this.#ended;
    const options = { signal, timeout: noTimeoutMs, ...(onProgress && { onprogress: onProgress }) };
    if (method === "tools/call" && this.#client.getProtocolEra?.() === "modern" && this.#client.callTool) {
      return this.#client.callTool(params, options);
    }
    return this.#client.request({ method, params }, anyResult, options);
  }

  /** Says that the connection is of no use any more, and why. */
  fail(why: Error): void {
    if (this.#ended) return;
    this.#ended = why;
    this.#events.onEnd();
    if (this.#isOwned) void this.#client.close?.().catch(() => undefined);
  }

  async close(): Promise<void> {
    const wasOpen = this.#ended === undefined;
    this.#ended ??= new Error("The connection was closed.");
    this.#unlisten();
    if (wasOpen && this.#farewell) await soon(this.#farewell());
    if (this.#isOwned) await this.#client.close?.();
  }

  #listen(): void {
    const client = this.#client;
    const { onclose, fallbackNotificationHandler } = client;
    const handlers: Pick<SdkClient, "onclose" | "fallbackNotificationHandler"> = {
      onclose: () => {
        onclose?.();
        this.fail(new Error("The server has ended the connection."));
      },
      // Notifications for which the owner of a client has a handler of its own do not come here.
      fallbackNotificationHandler: async (notification) => {
        if (notification.method === toolsChanged) this.#events.onToolsChanged();
        await fallbackNotificationHandler?.(notification);
      },
    };
    Object.assign(client, handlers);
    this.#unlisten = () => void Object.assign(client, { onclose, fallbackNotificationHandler });
    const { tools } = this.capabilities;
    if (client.getProtocolEra?.() === "modern" && isRecord(tools) && tools["listChanged"] === true) {
      // Such servers only tell those who have asked to be told. Where asking fails, the list is read anew by `tools()`.
      client.listen?.({ toolsListChanged: true }).catch(() => undefined);
    }
  }
}

/** Waits for what nobody wants to wait for long, whatever becomes of it. */
async function soon(work: Promise<void>): Promise<void> {
  const done = new AbortController();
  const late = sleep(farewellMs, done.signal).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), late]);
  done.abort();
}

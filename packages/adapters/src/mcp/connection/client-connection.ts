import { sleep } from "../../shared/async/sleep.ts";
import { isRecord } from "../../shared/json-access.ts";
import { anyResult } from "./sdk/any-result.ts";
import { type ClientHooks, listenTo } from "./client-events.ts";
import type { ConnectionEvents, McpConnection, RequestOptions, RequestProgress } from "./mcp-connection.ts";

/** Timers count no further: the limits of requests are kept here, by their signals. */
const noTimeoutMs = 2 ** 31 - 1;

/** How long a server gets to hear that a session is over, in milliseconds. */
const farewellMs = 500;

const toolsChanged = "notifications/tools/list_changed";

/** What the clients of both lines of the SDK have in common. */
export interface SdkClient extends ClientHooks {
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
  getServerVersion?(): unknown;
  /** Version 2 only: which of its two protocols it speaks. */
  getProtocolEra?(): string | undefined;
  /** Version 2 only: opens the stream on which servers of the newer protocol tell of changes. */
  listen?(filter: { toolsListChanged: boolean }): Promise<Subscription>;
  /** Version 2 only: its own way to call tools, which sets headers that the newer protocol wants. */
  callTool?(params: object, options: object): Promise<unknown>;
}

/** A stream of the newer protocol on which a server tells of changes. */
interface Subscription {
  /** Settles when it is over. */
  readonly closed: Promise<unknown>;
  close(): Promise<void>;
}

/** A connection over a client of either line of the SDK. */
export class ClientConnection implements McpConnection {
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly serverInfo: unknown;
  readonly #client: SdkClient;
  readonly #events: ConnectionEvents;
  readonly #isOwned: boolean;
  readonly #farewell: (() => Promise<void>) | undefined;
  readonly #isModern: boolean;
  #announcesTools: boolean;
  #subscription: Promise<Subscription | undefined> | undefined;
  #ended: Error | undefined;
  readonly #unlisten: () => void;

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
    this.serverInfo = client.getServerVersion?.();
    this.#isModern = client.getProtocolEra?.() === "modern";
    this.#announcesTools = !this.#isModern && this.#canAnnounce();
    this.#unlisten = listenTo(client, {
      onClose: () => this.fail(new Error("The server has ended the connection.")),
      onNotification: (method) => {
        if (method === toolsChanged) events.onToolsChanged();
      },
    });
  }

  get ended(): Error | undefined {
    return this.#ended;
  }

  get announcesTools(): boolean {
    return this.#announcesTools;
  }

  /** What the server tells by itself does not arrive. */
  miss(): void {
    this.#announcesTools = false;
  }

  async request(
    method: string,
    params: Readonly<Record<string, unknown>>,
    { signal, onProgress }: RequestOptions,
  ): Promise<unknown> {
    signal.throwIfAborted();
    if (this.#ended) throw this.#ended;
    const options = { signal, timeout: noTimeoutMs, ...(onProgress && { onprogress: onProgress }) };
    if (method === "tools/list") this.#subscribe();
    if (method === "tools/call" && this.#isModern && this.#client.callTool) {
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
    if (!this.#isOwned && wasOpen)
      await soon((this.#subscription ?? Promise.resolve(undefined)).then((it) => it?.close()));
    if (wasOpen && this.#farewell) await soon(this.#farewell());
    if (this.#isOwned) await this.#client.close?.();
  }

  #canAnnounce(): boolean {
    const { tools } = this.capabilities;
    return isRecord(tools) && tools["listChanged"] === true;
  }

  /** Servers of the newer protocol only tell those who have asked to be told, for as long as the stream lasts. */
  #subscribe(): void {
    if (!this.#isModern || this.#subscription || this.#ended || !this.#canAnnounce()) return;
    const over = (): undefined => {
      this.#announcesTools = false;
      this.#subscription = undefined;
    };
    this.#subscription = this.#client.listen?.({ toolsListChanged: true }).then((subscription) => {
      this.#announcesTools = true;
      // What changed before the stream was there was not told.
      this.#events.onToolsMissed();
      subscription.closed.then(over, over);
      return subscription;
    }, over);
  }
}

/** Waits for what nobody wants to wait for long, whatever becomes of it. */
async function soon(work: Promise<void>): Promise<void> {
  const done = new AbortController();
  const late = sleep(farewellMs, done.signal).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), late]);
  done.abort();
}

import { ToolSourceError, type ToolContext } from "@smoltools/core";
import { textField } from "../../shared/json-access.ts";
import { sleep } from "../../shared/sleep.ts";
import { untilAborted } from "../../shared/until-aborted.ts";
import { ClientConnection, type SdkClient } from "../connection/client-connection.ts";
import { clientName, sdkClient } from "../connection/given-client.ts";
import type { ConnectionEvents, McpConnection } from "../connection/mcp-connection.ts";
import { openConnection } from "../connection/open-connection.ts";
import {
  identityOf,
  type SourceIdentity,
  sourceDisposed,
  sourceFailure,
  sourceTimeout,
} from "../connection/source-failure.ts";
import { callFailure } from "./call-failure.ts";
import { callTool } from "./call-tool.ts";
import { listAll } from "./list-all.ts";
import type { McpLimits, McpOptions } from "./mcp-options.ts";
import {
  isMcpClient,
  type McpHttpServer,
  type McpServer,
  type McpServerNaming,
  type McpStdioServer,
} from "./mcp-server.ts";
import type { McpTool } from "./mcp-tool.ts";
import { OpenCall } from "./open-call.ts";
import { secretsOf, sourceName } from "./source-name.ts";
import { ToolListing } from "./tool-listing.ts";

/** Longest wait before a server is started again, in milliseconds. */
const longestDelayMs = 30_000;

/** Starting a server and reading a list have limits of their own. */
const unlimited = { callTimeoutMs: Infinity, idleTimeoutMs: Infinity };

/** One server: its connection, which is made again when it ended, and its tools. */
export class ServerLink implements AsyncDisposable {
  readonly identity: SourceIdentity;
  readonly #server: McpStdioServer | McpHttpServer | undefined;
  readonly #client: SdkClient | undefined;
  readonly #naming: McpServerNaming;
  readonly #options: McpOptions;
  readonly #limits: McpLimits;
  readonly #lifetime = new AbortController();
  readonly #openCalls = new Set<OpenCall>();
  #connecting: Promise<McpConnection> | undefined;
  #connection: McpConnection | undefined;
  #listing: Promise<ToolListing> | undefined;
  #lastListing: ToolListing | undefined;
  /** Counts what makes a listing out of date. */
  #generation = 0;
  /** The listing was not handed out yet. */
  #isFresh = false;
  #wasConnected = false;
  /** How often in a row the connection ended without having been of use. */
  #ends = 0;

  constructor(server: McpServer, options: McpOptions, limits: McpLimits) {
    this.#options = options;
    this.#limits = limits;
    if (isMcpClient(server) || "client" in server) {
      const naming: McpServerNaming = isMcpClient(server) ? {} : server;
      this.#client = sdkClient(isMcpClient(server) ? server : server.client);
      this.#naming = naming;
      this.identity = {
        name: naming.name ? `mcp:${naming.name}` : clientName(this.#client),
        redact: (text) => text,
        learn: () => undefined,
      };
    } else {
      this.#server = server;
      this.#naming = server;
      this.identity = identityOf(server.name ? `mcp:${server.name}` : sourceName(server), secretsOf(server));
    }
  }

  /** What it offers now. A server that says when that changes is asked again only then. */
  async tools(): Promise<readonly McpTool[]> {
    return this.#withCall({}, unlimited, async (call) => {
      const connection = await this.#connected(call);
      if (!connection.announcesTools && !this.#isFresh) this.#outdate();
      const listing = await this.#listed(connection, call);
      this.#isFresh = false;
      return listing.tools;
    });
  }

  /** What was listed last is good for the next time that it is asked for. */
  keepListing(): void {
    this.#isFresh = true;
  }

  /** What the server calls itself, once it was reached; empty texts where it does not say. */
  get serverInfo(): { name: string; version: string } {
    const info = this.#connection?.serverInfo;
    return { name: textField(info, "name") ?? "", version: textField(info, "version") ?? "" };
  }

  /** Why tools of the server are not used, as of the last listing. */
  get refused(): readonly ToolSourceError[] {
    return this.#lastListing?.refused ?? [];
  }

  /** Asks the server for something, within the limits of a call. */
  request(method: string, params: Record<string, unknown>, signal?: AbortSignal): Promise<unknown> {
    return this.#withCall({ signal }, this.#limits, async (call) => {
      const connection = await this.#connected(call);
      return this.#ask(connection, call, method, params, undefined);
    });
  }

  /** All pages of a list of the server; empty when it has no such things. */
  list(method: string, key: string, capability: string, signal?: AbortSignal): Promise<object[]> {
    return this.#withCall({ signal }, unlimited, async (call) => {
      const connection = await this.#connected(call);
      if (!Object.hasOwn(connection.capabilities, capability)) return [];
      return this.#listAll(connection, method, key, call.signal);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const reason = sourceDisposed(this.identity);
    this.#lifetime.abort(reason);
    for (const call of this.#openCalls) call.end(reason);
    await this.#connecting?.catch(() => undefined);
    await this.#connection?.close().catch(() => undefined);
  }

  #call(tool: McpTool, input: unknown, context: ToolContext): Promise<unknown> {
    return this.#withCall(context, this.#limits, async (call) => {
      const connection = await this.#connected(call);
      const listing = await this.#listed(connection, call);
      if (!listing.has(tool)) throw changed(this.identity, tool, listing);
      const { onProgress } = this.#options;
      return callTool(tool, input, {
        identity: this.identity,
        signal: call.signal,
        maxBytes: this.#limits.maxMessageBytes,
        canRead: Object.hasOwn(connection.capabilities, "resources"),
        ask: (method, params) =>
          this.#ask(connection, call, method, params, (progress) => {
            const { toolCallId } = context;
            onProgress?.({
              server: this.identity.name,
              tool: tool.name,
              ...(toolCallId !== undefined && { toolCallId }),
              ...progress,
            });
          }),
      });
    });
  }

  /**
   * While the server waits for an answer, its calls wait for the server: no clock of theirs runs. Which of them asks is
   * not told by all servers.
   */
  async #held<Answer>(answering: Promise<Answer>): Promise<Answer> {
    const calls = [...this.#openCalls];
    for (const call of calls) call.hold(answering);
    return answering;
  }

  async #withCall<Result>(
    { signal, untimed }: Pick<ToolContext, "signal" | "untimed">,
    limits: Pick<McpLimits, "callTimeoutMs" | "idleTimeoutMs">,
    work: (call: OpenCall) => Promise<Result>,
  ): Promise<Result> {
    signal?.throwIfAborted();
    this.#lifetime.signal.throwIfAborted();
    using call = new OpenCall(signal, {
      ...limits,
      untimed,
      timeout: (which) => sourceTimeout(this.identity, "did not answer", limits[which], which),
    });
    this.#openCalls.add(call);
    try {
      return await work(call);
    } finally {
      this.#openCalls.delete(call);
    }
  }

  async #ask(
    connection: McpConnection,
    call: OpenCall,
    method: string,
    params: Record<string, unknown>,
    onProgress: ((progress: { progress: number; total?: number; message?: string }) => void) | undefined,
  ): Promise<unknown> {
    call.touch();
    try {
      const result = await connection.request(method, params, {
        signal: call.signal,
        onProgress: (progress) => {
          call.touch();
          onProgress?.(progress);
        },
      });
      this.#ends = 0;
      return result;
    } catch (error) {
      call.signal.throwIfAborted();
      const { failure, isOver } = callFailure(error, method, connection, this.identity);
      if (isOver) this.#drop(connection);
      throw failure;
    }
  }

  #listed(connection: McpConnection, call: OpenCall): Promise<ToolListing> {
    const listing = (this.#listing ??= this.#list(connection));
    listing.catch(() => {
      if (this.#listing === listing) this.#listing = undefined;
    });
    return untilAborted(listing, call.signal);
  }

  async #list(connection: McpConnection): Promise<ToolListing> {
    const generation = this.#generation;
    const signal = this.#lifetime.signal;
    const declared = Object.hasOwn(connection.capabilities, "tools")
      ? await this.#listAll(connection, "tools/list", "tools", signal)
      : [];
    const listing = await ToolListing.make(declared, {
      identity: this.identity,
      naming: this.#naming,
      pins: this.#options.pins,
      call: (tool, input, context) => this.#call(tool, input, context),
      before: this.#lastListing,
    });
    this.#lastListing = listing;
    // What changed while it was read is read again by whoever asks next.
    if (generation !== this.#generation) this.#listing = undefined;
    return listing;
  }

  async #listAll(connection: McpConnection, method: string, key: string, signal: AbortSignal): Promise<object[]> {
    const { startTimeoutMs, maxItems } = this.#limits;
    using call = new OpenCall(signal, {
      callTimeoutMs: startTimeoutMs,
      idleTimeoutMs: startTimeoutMs,
      timeout: () => sourceTimeout(this.identity, `did not give its list of ${key}`, startTimeoutMs, "startTimeoutMs"),
    });
    try {
      return await listAll(connection, method, key, { identity: this.identity, maxItems, signal: call.signal });
    } catch (error) {
      call.signal.throwIfAborted();
      const { failure, isOver } = callFailure(error, method, connection, this.identity);
      if (isOver) this.#drop(connection);
      throw failure;
    }
  }

  #connected(call: OpenCall): Promise<McpConnection> {
    const known = this.#connection;
    if (known && !known.ended) return Promise.resolve(known);
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    // Whoever asked may be gone when it fails.
    this.#connecting.catch(() => undefined);
    return untilAborted(this.#connecting, call.signal);
  }

  async #connect(): Promise<McpConnection> {
    this.#outdate();
    if (this.#client) {
      if (this.#connection) throw sourceFailure(this.identity, "cannot be used any more", this.#connection.ended);
      this.#connection = new ClientConnection(this.#client, this.#events(), { owned: false });
      return this.#connection;
    }
    const { maxRetries, retryDelayMs } = this.#limits;
    const { signal } = this.#lifetime;
    const delay = (times: number): number => Math.min(retryDelayMs * 2 ** times, longestDelayMs);
    // One that ends again and again is started less and less often.
    if (this.#ends > 1) await sleep(delay(this.#ends - 2), signal);
    for (let tried = 0; ; tried++) {
      try {
        this.#connection = await this.#open(signal);
        this.#wasConnected = true;
        return this.#connection;
      } catch (error) {
        signal.throwIfAborted();
        const isTransient = error instanceof ToolSourceError && error.code === "SOURCE_UNAVAILABLE";
        // What has never worked is wrong rather than down.
        if (!isTransient || !this.#wasConnected || tried >= maxRetries) throw error;
        await sleep(delay(tried), signal);
      }
    }
  }

  #open(signal: AbortSignal): Promise<McpConnection> {
    if (!this.#server) throw sourceDisposed(this.identity);
    const { onElicitation, onSampling } = this.#options;
    return openConnection(this.#server, {
      identity: this.identity,
      limits: this.#limits,
      requests: {
        server: this.identity.name,
        onElicitation: onElicitation && ((question, options) => this.#held(onElicitation(question, options))),
        onSampling: onSampling && ((request, options) => this.#held(onSampling(request, options))),
      },
      events: this.#events(),
      signal,
    });
  }

  #events(): ConnectionEvents {
    return {
      onToolsChanged: () => {
        this.#outdate();
        this.#options.onToolsChanged?.(this.identity.name);
      },
      onToolsMissed: () => this.#outdate(),
      onEnd: () => {
        this.#ends++;
        this.#outdate();
      },
    };
  }

  #outdate(): void {
    this.#generation++;
    this.#listing = undefined;
  }

  /** A connection over which nothing goes any more is not used again. */
  #drop(connection: McpConnection): void {
    if (this.#connection !== connection || this.#client) return;
    this.#connection = undefined;
    this.#ends++;
    void connection.close().catch(() => undefined);
  }
}

function changed({ name }: SourceIdentity, tool: McpTool, listing: ToolListing): ToolSourceError {
  const data = { source: name, tool: tool.name, tools: [tool.name] };
  return listing.hasNamed(tool.name)
    ? new ToolSourceError(
        `${name} declares ${tool.name} in another way than when it was handed out. tools() gives what it is now`,
        { code: "SOURCE_TOOLS_CHANGED", data },
      )
    : new ToolSourceError(`${name} has no tool ${tool.name} any more`, { code: "SOURCE_TOOLS_CHANGED", data });
}

import { type ToolContext, ToolSourceError } from "@smoltools/core";
import { textField } from "../../shared/json-access.ts";
import { untilAborted } from "../../shared/async/until-aborted.ts";
import type { SdkClient } from "../connection/client-connection.ts";
import type { McpConnection, RequestProgress } from "../connection/mcp-connection.ts";
import { clientName, sdkClient } from "../connection/sdk/given-client.ts";
import type { ServerRequests } from "../connection/server-requests.ts";
import { identityOf, type SourceIdentity, sourceDisposed, sourceTimeout } from "../connection/source-failure.ts";
import { callFailure } from "./call/call-failure.ts";
import { callTool } from "./call/call-tool.ts";
import { OpenCall } from "./call/open-call.ts";
import { KeptConnection } from "./kept-connection.ts";
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
import { secretsOf, sourceName } from "./source-name.ts";
import { ToolListing } from "./tool-listing.ts";

/** Starting a server and reading a list have limits of their own. */
const unlimited = { callTimeoutMs: Infinity, idleTimeoutMs: Infinity };

/** One server: its tools, and the calls of them, over a connection that is made again when it ended. */
export class ServerLink implements AsyncDisposable {
  readonly identity: SourceIdentity;
  readonly #naming: McpServerNaming;
  readonly #options: McpOptions;
  readonly #limits: McpLimits;
  readonly #connection: KeptConnection;
  readonly #lifetime = new AbortController();
  readonly #openCalls = new Set<OpenCall>();
  #listing: Promise<ToolListing> | undefined;
  #lastListing: ToolListing | undefined;
  /** Counts what makes a listing out of date. */
  #generation = 0;
  /** The listing has not been handed out yet. */
  #isFresh = false;

  constructor(given: McpServer, options: McpOptions, limits: McpLimits) {
    const { server, naming, identity } = readServer(given);
    this.identity = identity;
    this.#naming = naming;
    this.#options = options;
    this.#limits = limits;
    this.#connection = new KeptConnection({
      identity,
      server,
      limits,
      requests: this.#requests(),
      events: {
        onOutdated: () => this.#outdate(),
        onToolsChanged: () => options.onToolsChanged?.(identity.name),
      },
      lifetime: this.#lifetime.signal,
    });
  }

  /** What it offers now. A server that says when that changes is asked again only then. */
  async tools(): Promise<readonly McpTool[]> {
    return this.#withCall({}, unlimited, async (call) => {
      const connection = await this.#connection.get(call.signal);
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
    const info = this.#connection.serverInfo;
    return { name: textField(info, "name") ?? "", version: textField(info, "version") ?? "" };
  }

  /** Why tools of the server are not used, as of the last listing. */
  get refused(): readonly ToolSourceError[] {
    return this.#lastListing?.refused ?? [];
  }

  /** Asks the server for something, within the limits of a call. */
  request(method: string, params: Record<string, unknown>, signal?: AbortSignal): Promise<unknown> {
    return this.#withCall({ signal }, this.#limits, async (call) => {
      const connection = await this.#connection.get(call.signal);
      return this.#ask(connection, call, method, params);
    });
  }

  /** All pages of a list of the server; empty when it has no such things. */
  list(method: string, key: string, capability: string, signal?: AbortSignal): Promise<object[]> {
    return this.#withCall({ signal }, unlimited, async (call) => {
      const connection = await this.#connection.get(call.signal);
      if (!Object.hasOwn(connection.capabilities, capability)) return [];
      return this.#listAll(connection, method, key, call.signal);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const reason = sourceDisposed(this.identity);
    this.#lifetime.abort(reason);
    for (const call of this.#openCalls) call.end(reason);
    await this.#connection[Symbol.asyncDispose]();
  }

  #call(tool: McpTool, input: unknown, context: ToolContext): Promise<unknown> {
    return this.#withCall(context, this.#limits, async (call) => {
      const connection = await this.#connection.get(call.signal);
      const listing = await this.#listed(connection, call);
      if (!listing.has(tool)) throw changed(this.identity, tool, listing);
      const { toolCallId } = context;
      const about = {
        server: this.identity.name,
        tool: tool.name,
        ...(toolCallId !== undefined && { toolCallId }),
      };
      return callTool(tool, input, {
        identity: this.identity,
        signal: call.signal,
        maxBytes: this.#limits.maxMessageBytes,
        canRead: Object.hasOwn(connection.capabilities, "resources"),
        ask: (method, params) =>
          this.#ask(connection, call, method, params, (progress) =>
            this.#options.onProgress?.({ ...about, ...progress }),
          ),
      });
    });
  }

  #requests(): ServerRequests {
    const { onElicitation, onSampling } = this.#options;
    return {
      server: this.identity.name,
      onElicitation: onElicitation && ((question, options) => this.#held(onElicitation(question, options))),
      onSampling: onSampling && ((request, options) => this.#held(onSampling(request, options))),
    };
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
    onProgress?: (progress: RequestProgress) => void,
  ): Promise<unknown> {
    call.touch();
    return this.#failingAs(method, connection, call.signal, async () => {
      const result = await connection.request(method, params, {
        signal: call.signal,
        onProgress: (progress) => {
          call.touch();
          onProgress?.(progress);
        },
      });
      this.#connection.worked();
      return result;
    });
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
    const declared = Object.hasOwn(connection.capabilities, "tools")
      ? await this.#listAll(connection, "tools/list", "tools", this.#lifetime.signal)
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
    return await this.#failingAs(method, connection, call.signal, () =>
      listAll(connection, method, key, { identity: this.identity, maxItems, signal: call.signal }),
    );
  }

  /** Reports what goes wrong with a request, and gives up a connection that is of no use any more. */
  async #failingAs<Result>(
    method: string,
    connection: McpConnection,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const { failure, isOver } = callFailure(error, method, connection, this.identity);
      if (isOver) this.#connection.drop(connection);
      throw failure;
    }
  }

  #outdate(): void {
    this.#generation++;
    this.#listing = undefined;
  }
}

interface ReadServer {
  server: McpStdioServer | McpHttpServer | { client: SdkClient };
  naming: McpServerNaming;
  identity: SourceIdentity;
}

/** Tells a server from a connected client, and names it. */
function readServer(given: McpServer): ReadServer {
  if (!isMcpClient(given) && !("client" in given)) {
    const name = given.name ? `mcp:${given.name}` : sourceName(given);
    return { server: given, naming: given, identity: identityOf(name, secretsOf(given)) };
  }
  const naming: McpServerNaming = isMcpClient(given) ? {} : given;
  const client = sdkClient(isMcpClient(given) ? given : given.client);
  const name = naming.name ? `mcp:${naming.name}` : clientName(client);
  return { server: { client }, naming, identity: identityOf(name, []) };
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

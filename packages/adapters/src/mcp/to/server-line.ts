import type { Readable, Writable } from "node:stream";
import { firstInstalled } from "../connection/sdk/sdk-line.ts";
import type { CallResult } from "./call-result.ts";
import type { McpCallContext } from "./call-context.ts";
import type { ToolEntry } from "./tool-entry.ts";

/** What a server of the SDK is made with. */
export interface ServerHandlers {
  info: { name: string; version: string };
  instructions: string | undefined;
  list: () => readonly ToolEntry[];
  call: (
    name: string,
    input: unknown,
    context: McpCallContext & { signal: AbortSignal; requestId: string | number },
  ) => Promise<CallResult>;
}

/** A server of the SDK, for one client. */
export interface SdkServer {
  /** Tells the client that there are other tools. */
  toolsChanged(): Promise<void>;
  close(): Promise<void>;
}

/** The streams of one client. */
export interface ClientStreams {
  stdin: Readable;
  stdout: Writable;
  /** Told that the client is gone. */
  onClose: () => void;
}

/** A server for clients that have no sessions: each request says all that is to be known of its client. */
export interface StatelessServer {
  /** Whether a request is of such a client. */
  takes(request: Request, body: unknown): Promise<boolean>;
  answer(request: Request, body: unknown): Promise<Response>;
  /** Tells the clients that listen that there are other tools. */
  toolsChanged(): void;
  close(): Promise<void>;
}

/** A transport of the SDK for one client over HTTP. */
export interface SessionTransport {
  sessionId?: string | undefined;
  handleRequest(request: Request, options: { parsedBody?: unknown }): Promise<Response>;
}

/** One of the two lines of the official SDK, as far as a server needs it. */
export interface ServerLine {
  /** Serves one client over a pair of streams. */
  stdio(handlers: ServerHandlers, streams: ClientStreams): Promise<SdkServer>;
  /** Serves one client over HTTP, in a session. */
  http(
    handlers: ServerHandlers,
    options: { sessionIdGenerator: () => string; onsessionclosed: () => void },
  ): Promise<{ server: SdkServer; transport: SessionTransport }>;
  /** Serves clients of the protocol of 2026-07-28 over HTTP. Only of version 2. */
  stateless?(handlers: ServerHandlers, limits: { maxSubscriptions: number }): StatelessServer;
}

/** The notification that there are other tools. */
export const toolsChanged = { method: "notifications/tools/list_changed" } as const;

const ranges = "@modelcontextprotocol/server 2 (>=2.4) or @modelcontextprotocol/sdk 1 (>=1.30)";

/**
 * Loads the newer line of the SDK that is installed.
 *
 * @throws AdapterError `ADAPTER_PEER_MISSING` when neither is.
 */
export async function loadServerLine(): Promise<ServerLine> {
  return firstInstalled(
    [
      {
        packageName: "@modelcontextprotocol/server",
        load: () => import("./server-v2.ts").then((line) => line.loadServerV2()),
      },
      {
        packageName: "@modelcontextprotocol/sdk",
        load: () => import("./server-v1.ts").then((line) => line.loadServerV1()),
      },
    ],
    `An MCP server needs ${ranges}. Install one: npm install @modelcontextprotocol/server`,
  );
}

/** What both lines have in common of a server that is connected. */
export function asSdkServer(server: {
  notification(notification: typeof toolsChanged): Promise<void>;
  close(): Promise<void>;
}): SdkServer {
  return { toolsChanged: () => server.notification(toolsChanged), close: () => server.close() };
}

/** What makes notifications of the progress that a tool reports; nothing for clients that do not want to know. */
export function progressReporter(
  token: string | number | undefined,
  notify: (notification: {
    method: "notifications/progress";
    params: { progressToken: string | number; progress: number; total?: number; message?: string };
  }) => Promise<void>,
): McpCallContext["reportProgress"] {
  if (token === undefined) return () => undefined;
  return ({ progress, total, message }) => {
    const params = {
      progressToken: token,
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    };
    // A client that is gone is not told.
    notify({ method: "notifications/progress", params }).catch(() => undefined);
  };
}

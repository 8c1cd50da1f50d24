import { AdapterError } from "../../../shared/adapter-error.ts";
import type { SdkClient } from "../client-connection.ts";
import type { Greeting } from "../greeting.ts";
import type { ServerRequests } from "../server-requests.ts";

/** Messages to a server and from it, in the form that both lines of the SDK ask for. */
export interface MessageTransport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: never) => void;
  start(): Promise<void>;
  send(message: object): Promise<void>;
  close(): Promise<void>;
}

/** A transport of the SDK for a server at an address. */
export interface HttpTransport extends MessageTransport {
  /** Goes on with a sign-in, with the parameters that the user's browser came back with. */
  finishAuth(answer: URLSearchParams): Promise<void>;
  /** Tells the server that its session is over; only of streamable HTTP. */
  terminateSession?(): Promise<void>;
}

/** What the transports of the SDK are made with. */
export interface HttpTransportOptions {
  kind: "http" | "sse";
  fetch: typeof fetch;
  /** An `OAuthClientProvider` of the SDK: both lines take the same. */
  authProvider: object | undefined;
}

/** How a client connects, and how long that may take. */
export interface ConnectOptions {
  signal: AbortSignal;
  timeoutMs: number;
  greeting: Greeting;
}

/** One of the two lines of the official SDK, as far as a client needs it. */
export interface SdkLine {
  /** The greetings that it knows. */
  readonly greetings: readonly Greeting[];
  httpTransport(url: URL, options: HttpTransportOptions): HttpTransport;
  /** Makes a client and connects it. */
  connect(transport: MessageTransport, requests: ServerRequests, options: ConnectOptions): Promise<SdkClient>;
}

/** How a client of ours introduces itself. */
export const clientInfo: { name: string; version: string } = { name: "smoltools", version: "1.0.0" };

const ranges = "@modelcontextprotocol/client 2 (>=2.4) or @modelcontextprotocol/sdk 1 (>=1.30)";

/**
 * Loads the newer line of the SDK that is installed.
 *
 * @throws AdapterError `ADAPTER_PEER_MISSING` when neither is.
 */
export async function loadSdk(): Promise<SdkLine> {
  return firstInstalled(
    [
      {
        packageName: "@modelcontextprotocol/client",
        load: () => import("./sdk-v2.ts").then((line) => line.loadSdkV2()),
      },
      { packageName: "@modelcontextprotocol/sdk", load: () => import("./sdk-v1.ts").then((line) => line.loadSdkV1()) },
    ],
    `MCP servers need ${ranges}. Install one: npm install @modelcontextprotocol/client`,
  );
}

/**
 * Loads the first of several packages that is installed.
 *
 * @param missing - What the error says when none is.
 */
export async function firstInstalled<Loaded>(
  lines: readonly { packageName: string; load: () => Promise<Loaded> }[],
  missing: string,
): Promise<Loaded> {
  for (const { load } of lines) {
    try {
      return await load();
    } catch (error) {
      if (!(error instanceof AdapterError) || error.code !== "ADAPTER_PEER_MISSING") throw error;
    }
  }
  throw new AdapterError(missing, {
    code: "ADAPTER_PEER_MISSING",
    data: { packageName: lines.map(({ packageName }) => packageName).join(" or ") },
  });
}

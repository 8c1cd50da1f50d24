import { Deadline } from "../../shared/async/deadline.ts";
import { untilAborted } from "../../shared/async/until-aborted.ts";
import type { McpLimits } from "../from/mcp-options.ts";
import { ClientConnection } from "./client-connection.ts";
import type { ConnectionEvents } from "./mcp-connection.ts";
import type { Greeting } from "./greeting.ts";
import type { MessageTransport, SdkLine } from "./sdk/sdk-line.ts";
import type { ServerRequests } from "./server-requests.ts";
import { type SourceIdentity, sourceTimeout } from "./source-failure.ts";

/** What a connection is opened with. */
export interface OpenOptions {
  identity: SourceIdentity;
  limits: McpLimits;
  requests: ServerRequests;
  events: ConnectionEvents;
  signal: AbortSignal;
  /** How the server is greeted. */
  greeting: Greeting;
  /** Told to the server before the connection is closed on purpose. */
  farewell?: () => Promise<void>;
}

/** Reports why a transport broke: before there is a connection, and to the connection afterwards. */
export class BreakReport {
  #why: Error | undefined;
  #isDeaf = false;
  #connection: ClientConnection | undefined;

  get why(): Error | undefined {
    return this.#why;
  }

  /** The transport broke. */
  readonly broken = (why: Error): void => {
    this.#why ??= why;
    this.#connection?.fail(why);
  };

  /** What the server tells by itself does not arrive; its answers do. */
  readonly deaf = (): void => {
    this.#isDeaf = true;
    this.#connection?.miss();
  };

  /** The connection to tell from now on. */
  pass(connection: ClientConnection): ClientConnection {
    this.#connection = connection;
    if (this.#isDeaf) connection.miss();
    if (this.#why) connection.fail(this.#why);
    return connection;
  }
}

/** Connects over a transport. What does not come to pass in time is given up. */
export async function connectWithin(
  sdk: SdkLine,
  transport: MessageTransport,
  report: BreakReport,
  { identity, limits, requests, events, signal, greeting, farewell }: OpenOptions,
): Promise<ClientConnection> {
  using deadline = new Deadline(signal);
  const { startTimeoutMs } = limits;
  deadline.arm(startTimeoutMs, () =>
    sourceTimeout(identity, "did not answer the first request", startTimeoutMs, "startTimeoutMs"),
  );
  // The SDK's own limit comes later, and its error says less.
  const timeoutMs = Math.min(startTimeoutMs * 2, 2 ** 31 - 1);
  const connecting = sdk.connect(transport, requests, { signal: deadline.signal, timeoutMs, greeting });
  connecting.catch(() => undefined);
  let client;
  try {
    client = await untilAborted(connecting, deadline.signal);
  } catch (error) {
    throw deadline.signal.aborted ? deadline.signal.reason : error;
  }
  return report.pass(new ClientConnection(client, events, { owned: true, farewell }));
}

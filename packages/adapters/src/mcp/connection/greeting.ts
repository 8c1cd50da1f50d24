import { isSmoltoolsError, ToolSourceError } from "@smoltools/core";
import { AdapterError } from "../../shared/adapter-error.ts";
import { fieldOf } from "../../shared/json-access.ts";
import { rpcCode, type SourceIdentity } from "./source-failure.ts";

/** The first request to a server: `initialize` up to the protocol of 2025-11-25, `server/discover` since 2026-07-28. */
export type Greeting = "initialize" | "discover";

/** The server does not speak the version that it was asked for. Source: MCP 2026-07-28, versioning. */
const unsupportedVersion = -32_022;

/** The error of version 2 of the SDK for a server that could not be asked what it speaks. */
const negotiationFailed = "ERA_NEGOTIATION_FAILED";

/**
 * Connects to a server, and once more with the other greeting where the first is not understood.
 *
 * @param known - The greetings that the installed SDK knows.
 * @param connect - Rejects with a `ToolSourceError` whose cause is the SDK's error.
 * @throws AdapterError `ADAPTER_PEER_MISSING` for a server whose greeting the installed SDK does not know.
 */
export async function greeted<Connection>(
  { name }: SourceIdentity,
  first: Greeting,
  known: readonly Greeting[],
  connect: (greeting: Greeting) => Promise<Connection>,
): Promise<Connection> {
  const greeting = known.includes(first) ? first : "initialize";
  try {
    return await connect(greeting);
  } catch (error) {
    const other = otherGreeting(greeting, error);
    if (other === undefined) throw error;
    if (known.includes(other)) return connect(other);
    throw new AdapterError(
      `${name} speaks the protocol of 2026-07-28 alone, for which @modelcontextprotocol/client 2 (>=2.4) is needed. ` +
        "Install it: npm install @modelcontextprotocol/client",
      { code: "ADAPTER_PEER_MISSING", data: { packageName: "@modelcontextprotocol/client" }, cause: error },
    );
  }
}

function otherGreeting(greeting: Greeting, error: unknown): Greeting | undefined {
  if (!(error instanceof ToolSourceError) || !isSmoltoolsError(error, "SOURCE_UNAVAILABLE")) return undefined;
  const { cause } = error;
  if (greeting === "initialize") return rpcCode(cause) === unsupportedVersion ? "discover" : undefined;
  return fieldOf(cause, "code") === negotiationFailed ? "initialize" : undefined;
}

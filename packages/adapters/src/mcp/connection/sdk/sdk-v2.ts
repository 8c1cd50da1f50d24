import { importPeer } from "../../../shared/optional-peer.ts";
import { sdkClient } from "./given-client.ts";
import { clientInfo, type SdkLine } from "./sdk-line.ts";
import { capabilitiesOf, elicit, sample } from "../server-requests.ts";

/**
 * Version 2 of the official SDK.
 *
 * @throws AdapterError `ADAPTER_PEER_MISSING`, `ADAPTER_PEER_BROKEN`.
 */
export async function loadSdkV2(): Promise<SdkLine> {
  const sdk = await importPeer(() => import("@modelcontextprotocol/client"), {
    packageName: "@modelcontextprotocol/client",
    versions: "^2.4.0",
    neededFor: "MCP",
  });
  return {
    greetings: ["initialize", "discover"],
    httpTransport(url, { kind, fetch, authProvider }) {
      const options = { fetch, ...(authProvider && { authProvider: authProvider as never }) };
      return kind === "http"
        ? new sdk.StreamableHTTPClientTransport(url, options)
        : new sdk.SSEClientTransport(url, options);
    },
    async connect(transport, requests, { signal, timeoutMs, greeting }) {
      const { server, onElicitation, onSampling } = requests;
      const client = new sdk.Client(clientInfo, {
        capabilities: capabilitiesOf(requests),
        // Asks the server what it speaks, and falls back to `initialize` where it does not understand that.
        ...(greeting === "discover" && { versionNegotiation: { mode: "auto" } }),
      });
      if (onElicitation) {
        client.setRequestHandler("elicitation/create", ({ params }, { mcpReq }) =>
          elicit(onElicitation, server, params, mcpReq.signal),
        );
      }
      if (onSampling) {
        client.setRequestHandler("sampling/createMessage", ({ params }, { mcpReq }) =>
          sample(onSampling, server, params, mcpReq.signal),
        );
      }
      // Messages are of the SDK's types: a transport only carries them.
      await client.connect(transport as never, { signal, timeout: timeoutMs });
      return sdkClient(client);
    },
  };
}

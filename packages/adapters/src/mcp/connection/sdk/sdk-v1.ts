import { importPeer } from "../../../shared/optional-peer.ts";
import { sdkClient } from "./given-client.ts";
import { clientInfo, type SdkLine } from "./sdk-line.ts";
import { capabilitiesOf, elicit, sample } from "../server-requests.ts";

/**
 * Version 1 of the official SDK.
 *
 * @throws AdapterError `ADAPTER_PEER_MISSING`, `ADAPTER_PEER_BROKEN`.
 */
export async function loadSdkV1(): Promise<SdkLine> {
  const use = { packageName: "@modelcontextprotocol/sdk", versions: "^1.30.0", neededFor: "MCP" };
  const [{ Client }, { StreamableHTTPClientTransport }, { SSEClientTransport }, schemas] = await importPeer(
    () =>
      Promise.all([
        import("@modelcontextprotocol/sdk/client/index.js"),
        import("@modelcontextprotocol/sdk/client/streamableHttp.js"),
        import("@modelcontextprotocol/sdk/client/sse.js"),
        import("@modelcontextprotocol/sdk/types.js"),
      ]),
    use,
  );
  return {
    greetings: ["initialize"],
    httpTransport(url, { kind, fetch, authProvider }) {
      const options = { fetch, ...(authProvider && { authProvider: authProvider as never }) };
      const transport =
        kind === "http" ? new StreamableHTTPClientTransport(url, options) : new SSEClientTransport(url, options);
      const { finishAuth } = transport;
      return Object.assign(transport, {
        finishAuth: (answer: URLSearchParams) => finishAuth.call(transport, answer.get("code") ?? ""),
      });
    },
    async connect(transport, requests, { signal, timeoutMs }) {
      const { server, onElicitation, onSampling } = requests;
      const client = new Client(clientInfo, { capabilities: capabilitiesOf(requests) });
      if (onElicitation) {
        client.setRequestHandler(schemas.ElicitRequestSchema, ({ params }, extra) =>
          elicit(onElicitation, server, params, extra.signal),
        );
      }
      if (onSampling) {
        client.setRequestHandler(schemas.CreateMessageRequestSchema, ({ params }, extra) =>
          sample(onSampling, server, params, extra.signal),
        );
      }
      // Messages are of the SDK's types: a transport only carries them.
      await client.connect(transport as never, { signal, timeout: timeoutMs });
      return sdkClient(client);
    },
  };
}

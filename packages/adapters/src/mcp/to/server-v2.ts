import { importPeer } from "../../shared/optional-peer.ts";
import { progressReporter, type ServerHandlers, type ServerLine } from "./server-line.ts";

/**
 * Version 2 of the official SDK.
 *
 * @throws AdapterError `ADAPTER_PEER_MISSING`, `ADAPTER_PEER_BROKEN`.
 */
export async function loadServerV2(): Promise<ServerLine> {
  const [sdk, { StdioServerTransport }] = await importPeer(
    () => Promise.all([import("@modelcontextprotocol/server"), import("@modelcontextprotocol/server/stdio")]),
    { packageName: "@modelcontextprotocol/server", neededFor: "An MCP server" },
  );
  const make = ({ info, instructions, list, call }: ServerHandlers): InstanceType<typeof sdk.Server> => {
    const server = new sdk.Server(info, {
      capabilities: { tools: { listChanged: true } },
      ...(instructions !== undefined && { instructions }),
    });
    server.setRequestHandler("tools/list", () => ({ tools: list() }) as never);
    server.setRequestHandler("tools/call", async ({ params }, { mcpReq }) => {
      const reportProgress = progressReporter(mcpReq._meta?.progressToken, (progress) => mcpReq.notify(progress));
      const { signal, id } = mcpReq;
      return call(params.name, params.arguments, { signal, requestId: id, reportProgress });
    });
    return server;
  };
  return {
    async stdio(handlers, stdin, stdout) {
      const server = make(handlers);
      await server.connect(new StdioServerTransport(stdin, stdout));
      return server;
    },
    async http(handlers, options) {
      const server = make(handlers);
      const transport = new sdk.WebStandardStreamableHTTPServerTransport(options);
      await server.connect(transport);
      return { server, transport };
    },
  };
}

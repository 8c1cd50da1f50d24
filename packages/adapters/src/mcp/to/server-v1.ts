import { importPeer } from "../../shared/optional-peer.ts";
import { asSdkServer, progressReporter, type ServerHandlers, type ServerLine } from "./server-line.ts";

/**
 * Version 1 of the official SDK.
 *
 * @throws AdapterError `ADAPTER_PEER_MISSING`, `ADAPTER_PEER_BROKEN`.
 */
export async function loadServerV1(): Promise<ServerLine> {
  const [{ Server }, { StdioServerTransport }, { WebStandardStreamableHTTPServerTransport }, schemas] =
    await importPeer(
      () =>
        Promise.all([
          import("@modelcontextprotocol/sdk/server/index.js"),
          import("@modelcontextprotocol/sdk/server/stdio.js"),
          import("@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js"),
          import("@modelcontextprotocol/sdk/types.js"),
        ]),
      { packageName: "@modelcontextprotocol/sdk", versions: "^1.30.0", neededFor: "An MCP server" },
    );
  const make = ({ info, instructions, list, call }: ServerHandlers): InstanceType<typeof Server> => {
    const server = new Server(info, {
      capabilities: { tools: { listChanged: true } },
      ...(instructions !== undefined && { instructions }),
    });
    server.setRequestHandler(schemas.ListToolsRequestSchema, () => ({ tools: [...list()] }));
    server.setRequestHandler(schemas.CallToolRequestSchema, async ({ params }, extra) => {
      const reportProgress = progressReporter(extra._meta?.progressToken, (progress) =>
        extra.sendNotification(progress),
      );
      const { signal, requestId } = extra;
      return call(params.name, params.arguments, { signal, requestId, reportProgress });
    });
    return server;
  };
  return {
    async stdio(handlers, { stdin, stdout, onClose }) {
      const server = make(handlers);
      Object.assign(server, { onclose: onClose });
      await server.connect(new StdioServerTransport(stdin, stdout));
      return asSdkServer(server);
    },
    async http(handlers, options) {
      const server = make(handlers);
      const transport = new WebStandardStreamableHTTPServerTransport(options);
      await server.connect(transport as never);
      return { server: asSdkServer(server), transport };
    },
  };
}

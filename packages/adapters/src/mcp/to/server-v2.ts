import { importPeer } from "../../shared/optional-peer.ts";
import { asSdkServer, progressReporter, type ServerHandlers, type ServerLine, toolsChanged } from "./server-line.ts";

/**
 * Version 2 of the official SDK.
 *
 * @throws AdapterError `ADAPTER_PEER_MISSING`, `ADAPTER_PEER_BROKEN`.
 */
export async function loadServerV2(): Promise<ServerLine> {
  const [sdk, { serveStdio, StdioServerTransport }] = await importPeer(
    () => Promise.all([import("@modelcontextprotocol/server"), import("@modelcontextprotocol/server/stdio")]),
    { packageName: "@modelcontextprotocol/server", versions: "^2.4.0", neededFor: "An MCP server" },
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
    // The client's first message tells which protocol it speaks: of 2026-07-28, or one that begins with `initialize`.
    async stdio(handlers, { stdin, stdout, onClose }) {
      const transport = new StdioServerTransport(stdin, stdout);
      let server: ReturnType<typeof make> | undefined;
      const handle = serveStdio(() => (server = make(handlers)), { transport });
      const { onclose } = transport;
      Object.assign(transport, {
        onclose: () => {
          onclose?.();
          onClose();
        },
      });
      return { toolsChanged: async () => server?.notification(toolsChanged), close: () => handle.close() };
    },
    async http(handlers, options) {
      const server = make(handlers);
      const transport = new sdk.WebStandardStreamableHTTPServerTransport(options);
      await server.connect(transport);
      return { server: asSdkServer(server), transport };
    },
    stateless(handlers, { maxSubscriptions }) {
      const handler = sdk.createMcpHandler(() => make(handlers), { legacy: "reject", maxSubscriptions });
      return {
        takes: async (request, body) => !(await sdk.isLegacyRequest(request, body)),
        answer: (request, body) => handler.fetch(request, body === undefined ? {} : { parsedBody: body }),
        toolsChanged: () => handler.notify.toolsChanged(),
        close: () => handler.close(),
      };
    },
  };
}

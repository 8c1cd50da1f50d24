import { createServer, type RequestListener } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Client as ClientV2, InMemoryTransport as PairV2 } from "@modelcontextprotocol/client";
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport as PairV1 } from "@modelcontextprotocol/sdk/inMemory.js";
import { Server as ServerV1 } from "@modelcontextprotocol/sdk/server/index.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { Server as ServerV2 } from "@modelcontextprotocol/server";
import { errorMessage, isMediaRef } from "@smoltools/core";

/** A tool as its author writes it for the tests. */
export interface Offered {
  name: string;
  description: string;
  inputSchema: object;
  outputSchema?: unknown;
  execute(input: unknown, call: { signal: AbortSignal }): unknown;
}

const info = { name: "offered", version: "1.0.0" };
const options = { capabilities: { tools: {} } };

const entries = (tools: readonly Offered[]): never =>
  tools.map(({ name, description, inputSchema, outputSchema }) => ({
    name,
    ...(description !== "" && { description }),
    inputSchema,
    ...(outputSchema !== undefined && { outputSchema }),
  })) as never;

/** What a server's author would write: the protocol's own forms, made by hand. */
async function call(tools: readonly Offered[], name: string, input: unknown, signal: AbortSignal): Promise<object> {
  const tool = tools.find((one) => one.name === name);
  try {
    const output = await tool?.execute(input ?? {}, { signal });
    if (tool?.outputSchema !== undefined) {
      return { content: [{ type: "text", text: JSON.stringify(output) }], structuredContent: output };
    }
    return {
      content: [output]
        .flat()
        .map((part) =>
          isMediaRef(part)
            ? { type: part.kind, mimeType: part.mediaType, data: part.toBase64() }
            : { type: "text", text: String(part) },
        ),
    };
  } catch (error) {
    return { isError: true, content: [{ type: "text", text: errorMessage(error) }] };
  }
}

/** A server of version 1 of the SDK. */
export function serverV1(tools: readonly Offered[]): ServerV1 {
  const server = new ServerV1(info, options);
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: entries(tools) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => ({
    content: [],
    ...(await call(tools, params.name, params.arguments, signal)),
  }));
  return server;
}

/** A connected client of version 1 of the SDK. */
export async function clientV1(tools: readonly Offered[]): Promise<ClientV1> {
  const [near, far] = PairV1.createLinkedPair();
  await serverV1(tools).connect(far);
  const client = new ClientV1(info);
  await client.connect(near);
  return client;
}

/** A connected client of version 2 of the SDK, with a server of the same. */
export async function clientV2(tools: readonly Offered[]): Promise<ClientV2> {
  const [near, far] = PairV2.createLinkedPair();
  const server = new ServerV2(info, options);
  server.setRequestHandler("tools/list", () => ({ tools: entries(tools) }) as never);
  server.setRequestHandler(
    "tools/call",
    async ({ params }, { mcpReq }) => (await call(tools, params.name, params.arguments, mcpReq.signal)) as never,
  );
  await server.connect(far);
  const client = new ClientV2(info);
  await client.connect(near);
  return client;
}

/** A server of version 1 over streamable HTTP, for one client. */
export async function httpServerV1(tools: readonly Offered[]): Promise<{ url: string } & AsyncDisposable> {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => "session-1" });
  await serverV1(tools).connect(transport as never);
  return listening((request, response) => void transport.handleRequest(request, response));
}

/** A server of `node:http` on this machine. */
export async function listening(handle: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(handle);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

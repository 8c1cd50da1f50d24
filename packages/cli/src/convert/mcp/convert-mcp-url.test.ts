import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { convertMcpUrl } from "./convert-mcp-url.ts";

const say = { name: `say_${"x".repeat(110)}`, description: "Says.", inputSchema: { type: "object", properties: {} } };

/** A server with one tool, at every path. */
async function rawServer(): Promise<AsyncDisposable & { origin: string }> {
  const http = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
    const { id, method } = (body === "" ? {} : JSON.parse(body)) as { id?: unknown; method?: string };
    if (id === undefined) return void response.writeHead(202).end();
    const about = { protocolVersion: "2025-11-25", capabilities: { tools: {} }, serverInfo: { name: "raw", version: "1" } }; // prettier-ignore
    const result = method === "initialize" ? about : { tools: [say] };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ jsonrpc: "2.0", id, result }));
  }).listen(0, "127.0.0.1");
  await once(http, "listening");
  return {
    origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      http.close();
      http.closeAllConnections();
    },
  };
}

const options = { signal: new AbortController().signal, environment: {}, env: [], timeoutMs: 10_000 };

it("a tool is frozen as it was declared, however long its name is", async () => {
  await using server = await rawServer();
  const { modules } = await convertMcpUrl(`${server.origin}/mcp`, options);
  expect(modules["mcp-server.js"]).toMatch(/say_x{110}: \{\s+description: "Says\.",\s+inputSchema: \{/);
});

it("a path that may be a key is warned of, and no other one", async () => {
  await using server = await rawServer();
  const { warnings } = await convertMcpUrl(`${server.origin}/api/s/NjQ4a1b2c3d4e5f6a1b2c3d4/mcp`, options);
  expect(warnings).toEqual([expect.stringContaining("may be a key")]);
  expect(warnings.join()).not.toContain("NjQ4a1b2");
  expect((await convertMcpUrl(`${server.origin}/v1/some-service-with-a-long-name/mcp`, options)).warnings).toEqual([]);
});

it("the host that a redirect leads to is declared as well, and told", async () => {
  await using server = await rawServer();
  const front = createServer((request, response) => {
    response.writeHead(307, { location: `${server.origin}/mcp` }).end();
    request.resume();
  }).listen(0, "127.0.0.1");
  await once(front, "listening");
  const { port } = front.address() as AddressInfo;
  const { permissions, warnings } = await convertMcpUrl(`http://127.0.0.1:${port}/mcp`, options);
  front.close();
  expect(permissions.net).toEqual([`127.0.0.1:${port}`, new URL(server.origin).host]);
  expect(warnings).toEqual([expect.stringContaining(`redirects to ${server.origin}`)]);
});

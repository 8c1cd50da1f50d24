import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpHandler, Server } from "@modelcontextprotocol/server";
import { expect, it } from "vitest";
import { toolsFromMcp } from "./from/tools-from-mcp.ts";

it("a client of version 2 that speaks the protocol of 2026-07-28 is used, and hears of other tools", async () => {
  let description = "Echoes.";
  const handler = createMcpHandler(() => {
    const server = new Server({ name: "newer", version: "1" }, { capabilities: { tools: { listChanged: true } } });
    const inputSchema = { type: "object", properties: { text: { type: "string" } } };
    server.setRequestHandler("tools/list", () => ({ tools: [{ name: "echo", description, inputSchema }] }) as never);
    server.setRequestHandler("tools/call", ({ params }) => ({
      content: [{ type: "text", text: String(params.arguments?.["text"]) }],
    }));
    return server;
  });
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
  const toHandler = (url: string | URL, init?: RequestInit): Promise<Response> => handler.fetch(new Request(url, init));
  await client.connect(new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), { fetch: toHandler }));
  expect(client.getProtocolEra()).toBe("modern");
  let changes = 0;
  await using mcp = await toolsFromMcp({ client, name: "newer" }, { onToolsChanged: () => changes++ });
  const [echo] = await mcp.tools();
  expect(await echo?.call({ text: "hi" })).toBe("hi");
  description = "Echoes loudly.";
  await expect
    .poll(() => {
      handler.notify.toolsChanged();
      return changes;
    })
    .toBeGreaterThan(0);
  expect((await mcp.tools()).map((tool) => tool.description)).toEqual(["Echoes loudly."]);
  await client.close();
  await handler.close();
});

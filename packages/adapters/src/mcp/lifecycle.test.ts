import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { Server } from "@modelcontextprotocol/server";
import { type Tool, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { toolsFromMcp } from "./from/tools-from-mcp.ts";
import type { McpCallContext } from "./to/call-context.ts";
import { toMcpServer } from "./to/to-mcp-server.ts";

const info = { name: "lifecycle", version: "1.0.0" };

const echo = tool({
  name: "echo",
  description: "Echoes.",
  input: { type: "object", properties: { text: { type: "string" } } },
  execute: ({ text }, { context }) => {
    (context as McpCallContext).reportProgress({ progress: 1 });
    return text;
  },
});

/** A server in memory that can tell of changes, and how often it was asked for its tools. */
async function inMemory() {
  let lists = 0;
  const server = new Server(info, { capabilities: { tools: { listChanged: true } } });
  server.setRequestHandler("tools/list", () => {
    lists++;
    return { tools: [{ name: "echo", description: "Echoes.", inputSchema: { type: "object" } }] };
  });
  server.setRequestHandler("tools/call", () => ({ content: [{ type: "text", text: "echo" }] }));
  const client = new Client(info);
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  await client.connect(near);
  return { client, server, lists: () => lists };
}

it("a source that is disposed of during a call ends the call, and may be disposed of again", async () => {
  let begun = (): void => undefined;
  const beginning = new Promise<void>((resolve) => (begun = resolve));
  const wait = tool({
    name: "wait",
    description: "Waits.",
    execute: () => {
      begun();
      return new Promise(() => undefined);
    },
  });
  await using server = toMcpServer(wait, info);
  const { url } = await server.listen();
  const mcp = await toolsFromMcp({ url });
  const [made] = (await mcp.tools()) as [Tool];
  const call = made.call({}).catch((error: unknown) => error);
  await beginning;
  await Promise.all([mcp[Symbol.asyncDispose](), mcp[Symbol.asyncDispose]()]);
  await mcp[Symbol.asyncDispose]();
  expect(await call).toMatchObject({ code: "SOURCE_UNAVAILABLE" });
  await expect(made.call({})).rejects.toMatchObject({ code: "SOURCE_UNAVAILABLE" });
});

it("a storm of changes makes one more list, whoever asks", async () => {
  const { client, server, lists } = await inMemory();
  let changes = 0;
  await using mcp = await toolsFromMcp({ client }, { onToolsChanged: () => changes++ });
  const [made] = (await mcp.tools()) as [Tool];
  const before = lists();
  for (let count = 0; count < 1000; count++) await server.notification({ method: "notifications/tools/list_changed" });
  await expect.poll(() => changes).toBe(1000);
  await Promise.all([mcp.tools(), mcp.tools(), made.call({}), made.call({})]);
  expect(lists() - before).toBe(1);
});

it("two sources over one client both hear of changes, and the one that is left goes on", async () => {
  const { client, server } = await inMemory();
  const heard: string[] = [];
  const first = await toolsFromMcp({ client, name: "first" }, { onToolsChanged: (name) => heard.push(name) });
  await using second = await toolsFromMcp({ client, name: "second" }, { onToolsChanged: (name) => heard.push(name) });
  await server.notification({ method: "notifications/tools/list_changed" });
  await expect.poll(() => [...heard].sort()).toEqual(["mcp:first", "mcp:second"]);
  heard.length = 0;
  await first[Symbol.asyncDispose]();
  await server.notification({ method: "notifications/tools/list_changed" });
  await expect.poll(() => heard).toEqual(["mcp:second"]);
  expect(await (await second.tools())[0]?.call({})).toBe("echo");
});

it("callbacks that throw harm neither the call nor the connection", async () => {
  await using server = toMcpServer(echo, info);
  const { url } = await server.listen();
  const fail = (): never => {
    throw new Error("a callback failed");
  };
  for (const greeting of ["initialize", "discover"] as const) {
    await using mcp = await toolsFromMcp({ url, greeting }, { onProgress: fail, onToolsChanged: fail });
    const [made] = (await mcp.tools()) as [Tool];
    expect(await made.call({ text: greeting })).toBe(greeting);
    await server.setTools([echo]);
    expect(await made.call({ text: greeting })).toBe(greeting);
  }
});

describe("resources of a server", () => {
  const withResources = async (onTemplates?: (server: Server) => Promise<never>) => {
    const server = new Server(info, { capabilities: { resources: {} } });
    const resource = { uri: "file:///a.txt", name: "a" };
    server.setRequestHandler("resources/list", () => ({ resources: [resource] }));
    if (onTemplates) server.setRequestHandler("resources/templates/list", () => onTemplates(server));
    const client = new Client(info);
    const [near, far] = InMemoryTransport.createLinkedPair();
    await server.connect(far);
    await client.connect(near);
    return toolsFromMcp({ client });
  };

  it("are listed where it knows of no templates", async () => {
    await using mcp = await withResources();
    expect((await mcp.resources()).map(({ uri }) => uri)).toEqual(["file:///a.txt"]);
  });

  it("are not taken for all of them where the connection is lost with its templates", async () => {
    await using mcp = await withResources(async (server) => {
      await server.close();
      return new Promise(() => undefined);
    });
    await expect(mcp.resources()).rejects.toMatchObject({ code: "SOURCE_UNAVAILABLE" });
  });
});

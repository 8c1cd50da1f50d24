import { request } from "node:http";
import { toMcpServer } from "@smoltools/adapters/mcp";
import { tool } from "@smoltools/core";
import { expect, it } from "vitest";

const wipe = tool({ name: "wipe", description: "Deletes all files.", execute: () => "wiped" });

/** A web page of a stranger can have the browser send this. */
function send(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "page", version: "1" } };
  const all = { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers: all }, (response) => {
      response.destroy();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    sent.end(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params }));
  });
}

it("a web page cannot use tools that are served on this machine, by their address or by a name of its own", async () => {
  await using server = toMcpServer(wipe, { name: "files", version: "1.0.0" });
  const { url } = await server.listen();
  const { host } = new URL(url);
  expect(await send(url, { origin: "https://evil.example" })).toBe(403);
  expect(await send(url, { host: "evil.example", origin: "http://evil.example" })).toBe(403);
  expect(await send(url, { host, origin: "null" })).toBe(403);
  expect(await send(url, {})).toBe(200);
});

it("nobody else can use them without a token", async () => {
  await using server = toMcpServer(wipe, { name: "files", version: "1.0.0" });
  await expect(server.listen({ host: "0.0.0.0" })).rejects.toMatchObject({ code: "ADAPTER_OPTIONS_INVALID" });
  const { url } = await server.listen({ token: "0123456789abcdef" });
  expect(await send(url, {})).toBe(401);
  expect(await send(url, { authorization: "Bearer 0123456789abcdeg" })).toBe(401);
  expect(await send(url, { authorization: "Bearer 0123456789abcdef" })).toBe(200);
});

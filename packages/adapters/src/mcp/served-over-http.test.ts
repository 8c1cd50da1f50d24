import { request as httpRequest } from "node:http";
import { tool } from "@smoltools/core";
import { afterEach, describe, expect, it } from "vitest";
import type { McpListenOptions } from "./to/http-options.ts";
import { toMcpServer } from "./to/to-mcp-server.ts";

const info = { name: "ours", version: "1.2.3" };
const weather = tool({ name: "weather", description: "Tells the weather.", execute: () => "fine" });

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

async function serve(options: McpListenOptions = {}): Promise<{ url: string }> {
  const server = toMcpServer([weather], info);
  open.push(server);
  return server.listen(options);
}

describe("a server over HTTP", () => {
  const initialize = JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
  });

  /** Sends what `fetch` would not: any `Host` and `Origin`. */
  function send(url: string, headers: Record<string, string>, body = initialize, method = "POST"): Promise<number> {
    const sent = { accept: "application/json, text/event-stream", "content-type": "application/json", ...headers };
    return new Promise((resolve, reject) => {
      const request = httpRequest(url, { method, headers: sent }, (response) => {
        response.destroy();
        resolve(response.statusCode ?? 0);
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  it.each<[string, Record<string, string>, number]>([
    ["from a program", {}, 200],
    ["under the name of this machine", { host: "localhost:1" }, 200],
    ["under another name, as after DNS rebinding", { host: "evil.example" }, 403],
    ["under no name that there is", { host: "a b" }, 403],
    ["from a page elsewhere", { origin: "https://evil.example" }, 403],
    ["from a page of another port of this machine", { origin: "http://localhost:3000" }, 403],
    ["from a page without an origin", { origin: "null" }, 403],
    ["from a page that is allowed", { origin: "https://app.example" }, 200],
    ["under a name that is allowed", { host: "mcp.example" }, 200],
  ])("answers a request %s: %#", async (_what, headers, status) => {
    const { url } = await serve({
      allowedOrigins: ["https://app.example"],
      allowedHosts: ["mcp.example"],
    });
    expect(await send(url, headers)).toBe(status);
  });

  it.each<[string, Record<string, string>, number]>([
    ["without the token", {}, 401],
    ["with another token", { authorization: "Bearer 0123456789abcdee" }, 401],
    ["with the token in another way", { authorization: "Basic 0123456789abcdef" }, 401],
    ["with the token", { authorization: "Bearer 0123456789abcdef" }, 200],
  ])("that has a token answers a request %s", async (_what, headers, status) => {
    const { url } = await serve({ token: "0123456789abcdef" });
    expect(await send(url, headers)).toBe(status);
  });

  it.each([
    ["that is no JSON", "{", {}, 400],
    ["of an unknown session", initialize, { "mcp-session-id": "x" }, 404],
    ["outside of a session", '{"jsonrpc":"2.0","id":1,"method":"tools/list"}', {}, 400],
    ["that is too large", " ".repeat(3000), {}, 413],
  ])("refuses a request %s", async (_what, body, headers, status) => {
    const { url } = await serve({ maxBodyBytes: 2000 });
    expect(await send(url, headers, body)).toBe(status);
  });

  it.each(["/other", "//", "/mcp/"])("is at its path alone, and not at %s", async (path) => {
    const { url } = await serve();
    expect(await send(url.replace("/mcp", path), {})).toBe(404);
  });

  it("refuses a request that turns out to be too large while it comes", async () => {
    const { url } = await serve({ maxBodyBytes: 2000 });
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(url, { method: "POST" }, (response) => resolve(response.statusCode));
      request.on("error", reject);
      request.write(" ".repeat(3000));
      open.push({ [Symbol.asyncDispose]: async () => void request.destroy() });
    });
    expect(status).toBe(413);
  });

  it("takes only so many clients at once", async () => {
    const { url } = await serve({ maxSessions: 2 });
    expect([await send(url, {}), await send(url, {}), await send(url, {})]).toEqual([200, 200, 503]);
  });

  it("forgets clients that are silent", async () => {
    const { url } = await serve({ maxSessions: 1, sessionIdleMs: 1 });
    expect(await send(url, {})).toBe(200);
    await expect.poll(() => send(url, {})).toBe(200);
  });

  it.each([
    [{ host: "0.0.0.0" }, /give it a token/],
    [{ token: "short" }, /at least 16/],
  ])("is not started with %j", async (options, message) => {
    await expect(toMcpServer([weather], info).listen(options)).rejects.toThrow(message);
  });
});

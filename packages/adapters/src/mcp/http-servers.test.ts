import { spawn } from "node:child_process";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import type { McpOptions } from "./from/mcp-options.ts";
import { toolsFromMcp } from "./from/tools-from-mcp.ts";
import { httpServerV1, listening } from "./test-support/official-servers.ts";

const initialized = {
  protocolVersion: "2025-06-18",
  capabilities: { tools: {} },
  serverInfo: { name: "raw", version: "1" },
};
const say = { name: "say", description: "Says something.", inputSchema: { type: "object", properties: {} } };

type Reply = (response: ServerResponse, id: unknown, request: IncomingMessage) => void;

/** A server over HTTP that is made without the SDK: its calls are answered by `reply`. */
function rawHttp(reply: Reply): Promise<{ url: string } & AsyncDisposable> {
  return listening(async (request, response) => {
    let body = "";
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
    const { id, method } = (body === "" ? {} : JSON.parse(body)) as { id?: unknown; method?: string };
    if (request.method !== "POST") return void response.writeHead(405).end();
    if (id === undefined) return void response.writeHead(202).end();
    if (method === "tools/call") return reply(response, id, request);
    const result = method === "initialize" ? initialized : { tools: [say] };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ jsonrpc: "2.0", id, result }));
  });
}

const stream = (response: ServerResponse, text: string): void => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(text);
};

const failureOf = async (url: string, options: McpOptions = {}): Promise<Error & { code?: string }> => {
  await using mcp = await toolsFromMcp({ url }, options);
  const [tool] = (await mcp.tools()) as [Tool];
  try {
    await tool.call({});
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("it did not fail");
};

describe("a call over HTTP", () => {
  it.each<[string, Reply, string, RegExp]>([
    [
      "whose answer's stream ends before it",
      (response) => {
        stream(response, ": here it comes\n\n");
        response.end();
      },
      "SOURCE_UNAVAILABLE",
      /lost during a call, which may have been done and is not repeated/,
    ],
    [
      "whose connection breaks in the middle of the answer",
      (response) => {
        stream(response, 'data: {"jsonrpc":"2.0",');
        setTimeout(() => response.destroy(), 20);
      },
      "SOURCE_UNAVAILABLE",
      /lost during a call/,
    ],
    ["whose connection breaks before it", (response) => void response.destroy(), "SOURCE_UNAVAILABLE", /lost during/],
    ["to a session that is over", (response) => void response.writeHead(404).end("no"), "SOURCE_UNAVAILABLE", /lost/],
    ["that wants a sign-in", (response) => void response.writeHead(401).end("no"), "SOURCE_UNAUTHORISED", /./],
    ["over the quota", (response) => void response.writeHead(429).end("slow down"), "SOURCE_QUOTA", /slow down/],
    [
      "answered with a page",
      (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>"),
      "SOURCE_UNAVAILABLE",
      /content type/,
    ],
    [
      "whose answer is declared to have 100 MB",
      (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": 100_000_000 });
        response.write("{");
      },
      "SOURCE_TOO_LARGE",
      /more than 100000 bytes/,
    ],
    [
      "whose answer has 100 MB",
      (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        for (let chunk = 0; chunk < 100; chunk++) response.write(" ".repeat(10_000));
      },
      "SOURCE_TOO_LARGE",
      /more than 100000 bytes/,
    ],
    [
      "whose event has no end",
      (response) => {
        stream(response, "data: ");
        for (let chunk = 0; chunk < 100; chunk++) response.write("x".repeat(10_000));
      },
      "SOURCE_TOO_LARGE",
      /more than 100000 bytes/,
    ],
  ])("%s fails", async (_what, reply, code, message) => {
    await using server = await rawHttp(reply);
    const error = await failureOf(server.url, { maxMessageBytes: 100_000 });
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it("with many small events goes well, although they are large together", async () => {
    await using server = await rawHttp((response, id) => {
      stream(response, "");
      const progress = {
        jsonrpc: "2.0",
        method: "notifications/message",
        params: { level: "info", data: "x".repeat(900) },
      };
      for (let event = 0; event < 200; event++) response.write(`data: ${JSON.stringify(progress)}\r\n\r\n`);
      const result = { content: [{ type: "text", text: "done" }] };
      response.end(`data: ${JSON.stringify({ jsonrpc: "2.0", id, result })}\n\n`);
    });
    await using mcp = await toolsFromMcp({ url: server.url }, { maxMessageBytes: 2000 });
    expect(await (await mcp.tools())[0]?.call({})).toBe("done");
  });

  it("carries the headers that were given, which stay out of errors", async () => {
    await using server = await rawHttp((response, _id, { headers }) => {
      response.writeHead(500).end(`bad ${headers.authorization} and ${headers["x-tenant"]}`);
    });
    const headers = { authorization: "Bearer token-123456789", "x-tenant": "tenant-123456789" };
    await using mcp = await toolsFromMcp({ url: `${server.url}?key=query-123456789`, headers });
    const [tool] = (await mcp.tools()) as [Tool];
    await expect(tool.call({})).rejects.toThrow("bad [redacted] and [redacted]");
    expect(mcp.servers).toEqual([`mcp:${server.url}`]);
  });

  it("goes to a server that was started anew", async () => {
    let server = createServer();
    const listen = async (port: number): Promise<number> => {
      const inner = await httpServerV1([{ ...say, execute: () => "said" }]);
      // A proxy of its own, so that both have one address.
      server = createServer(async (request, response) => {
        let body = "";
        for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
        const { method = "GET" } = request;
        const headers = new Headers(request.headers as Record<string, string>);
        headers.delete("connection");
        headers.delete("content-length");
        const answer = await fetch(inner.url, { method, headers, ...(body && { body }) }).catch(() => undefined);
        if (!answer) return void response.destroy();
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(method === "POST" ? await answer.text() : undefined);
      });
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      return (server.address() as AddressInfo).port;
    };
    const port = await listen(0);
    await using mcp = await toolsFromMcp({ url: `http://127.0.0.1:${port}/` }, { maxRetries: 1, retryDelayMs: 1 });
    const [tool] = (await mcp.tools()) as [Tool];
    expect(await tool.call({})).toBe("said");
    server.close();
    server.closeAllConnections();
    await expect(tool.call({})).rejects.toMatchObject({ code: "SOURCE_UNAVAILABLE" });
    await expect(tool.call({})).rejects.toThrow(/cannot be reached/);
    await listen(port);
    expect(await tool.call({})).toBe("said");
    server.closeAllConnections();
    server.close();
  });
});

describe("a server that hangs with its list", () => {
  it("is given up in time", async () => {
    await using server = await listening(async (request, response) => {
      let body = "";
      for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
      const { id, method } = JSON.parse(body || "{}") as { id?: unknown; method?: string };
      if (method === "tools/list") return;
      response.writeHead(id === undefined ? 202 : 200, { "content-type": "application/json" });
      response.end(method === "initialize" ? JSON.stringify({ jsonrpc: "2.0", id, result: initialized }) : undefined);
    });
    await expect(toolsFromMcp({ url: server.url, greeting: "initialize" }, { startTimeoutMs: 1000 })).rejects.toThrow(
      /did not give its list of tools within 1000 ms/,
    );
  });
});

describe("an address", () => {
  it.each([
    [
      "where nobody listens",
      "http://127.0.0.1:9/mcp",
      "SOURCE_UNAVAILABLE",
      /cannot be reached at http:.*(ECONNREFUSED|bad port)/,
    ],
    ["of another kind", "file:///etc/passwd", "ADAPTER_OPTIONS_INVALID", /http: or https:/],
    ["that is none", "nowhere", "ADAPTER_OPTIONS_INVALID", /http: or https:/],
  ])("%s is refused", async (_what, url, code, message) => {
    await expect(toolsFromMcp({ url })).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("whose answers redirect elsewhere is not followed there", async () => {
    let asked = 0;
    await using other = await listening((_request, response) => {
      asked++;
      response.end();
    });
    await using server = await listening((_request, response) => {
      response.writeHead(307, { location: other.url }).end();
    });
    const headers = { authorization: "Bearer token-123456789" };
    await expect(toolsFromMcp({ url: server.url, headers })).rejects.toMatchObject({ code: "SOURCE_UNAVAILABLE" });
    expect(asked).toBe(0);
  });
});

/** The reference server of the protocol, over HTTP. */
async function everything(kind: "sse" | "streamableHttp"): Promise<{ url: string } & AsyncDisposable> {
  const port = await freePort();
  const program = fileURLToPath(import.meta.resolve("@modelcontextprotocol/server-everything/dist/index.js"));
  const child = spawn(process.execPath, [program, kind], {
    env: { PATH: process.env["PATH"], PORT: String(port) },
    stdio: "ignore",
  });
  const isUp = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/nothing`).then(
      () => true,
      () => false,
    );
  await expect.poll(isUp, { timeout: 15_000 }).toBe(true);
  return {
    url: `http://127.0.0.1:${port}/${kind === "sse" ? "sse" : "mcp"}`,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

describe.each([
  ["streamable HTTP", "streamableHttp", "http"],
  ["legacy SSE", "sse", "sse"],
] as const)("@modelcontextprotocol/server-everything over %s", (_name, kind, transport) => {
  it("gives its tools, progress and media, and fails clearly when it dies", async () => {
    await using server = await everything(kind);
    const progress: number[] = [];
    const onProgress: McpOptions["onProgress"] = (each) => progress.push(each.progress);
    await using mcp = await toolsFromMcp({ url: server.url, transport }, { onProgress, maxRetries: 0 });
    const tools = new Map((await mcp.tools()).map((tool) => [tool.name, tool]));
    const call = (name: string, input: object) => tools.get(name)?.call(input);
    expect(await call("echo", { message: "hi" })).toBe("Echo: hi");
    expect(await call("trigger_long_running_operation", { duration: 0.2, steps: 2 })).toContain("completed");
    // What comes together with the result may be later than it.
    expect(progress).toContain(1);
    expect(await call("get_tiny_image", {})).toContainEqual(expect.objectContaining({ kind: "image" }));
    const open = call("trigger_long_running_operation", { duration: 10, steps: 10 });
    setTimeout(() => void server[Symbol.asyncDispose](), 100);
    await expect(open).rejects.toMatchObject({ code: "SOURCE_UNAVAILABLE" });
    await expect(call("echo", { message: "hi" })).rejects.toMatchObject({ code: "SOURCE_UNAVAILABLE" });
  });
});

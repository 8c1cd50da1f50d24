import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createMcpHandler, inputRequired, Server } from "@modelcontextprotocol/server";
import { type Tool, tool, ToolSourceError } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { greeted } from "./connection/greeting.ts";
import type { McpOptions } from "./from/mcp-options.ts";
import { toolsFromMcp } from "./from/tools-from-mcp.ts";
import { listening } from "./test-support/official-servers.ts";
import type { McpCallContext } from "./to/call-context.ts";
import type { McpToolServer } from "./to/mcp-tool-server.ts";
import { toMcpServer } from "./to/to-mcp-server.ts";

const newest = "2026-07-28";
const info = { name: "ours", version: "1.0.0" };

const pinned = (): Client => new Client(info, { versionNegotiation: { mode: { pin: newest } } });
const older = (): Client => new Client(info);

const greet = tool({
  name: "greet",
  description: "Greets.",
  input: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
  output: { type: "array", items: { type: "string" } },
  execute: ({ name }, { context }) => {
    if (name === "nobody") throw new Error("there is nobody");
    (context as McpCallContext).reportProgress({ progress: 1, total: 2, message: "half" });
    return ["Hello", name];
  },
});

/** Our server over HTTP, and what versions its requests were of. */
async function served(server: McpToolServer) {
  const handle = await server.handler();
  const versions: unknown[] = [];
  const http = createServer((request, response) => {
    versions.push(request.headers["mcp-protocol-version"]);
    handle(request, response);
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const url = new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`);
  const end = async (): Promise<void> => {
    await server[Symbol.asyncDispose]();
    http.close();
    http.closeAllConnections();
  };
  return { url, versions, [Symbol.asyncDispose]: end };
}

describe("our server", () => {
  it("speaks the protocol of 2026-07-28 to the official client, and the older one to others at the same address", async () => {
    await using ours = await served(toMcpServer([greet], { ...info, instructions: "Be polite." }));
    for (const [make, era] of [
      [pinned, "modern"],
      [older, "legacy"],
    ] as const) {
      const client = make();
      const transport = new StreamableHTTPClientTransport(ours.url);
      await client.connect(transport as never);
      const progress: unknown[] = [];
      const onprogress = (each: unknown): void => void progress.push(each);
      const { tools } = await client.listTools();
      const good = await client.callTool({ name: "greet", arguments: { name: "Ada" } }, { onprogress });
      const bad = await client.callTool({ name: "greet", arguments: { name: "nobody" } });
      const unknown = await client.callTool({ name: "shout" }).catch((error: Error) => error.message);
      expect({ era: client.getProtocolEra(), instructions: client.getInstructions() }).toEqual({
        era,
        instructions: "Be polite.",
      });
      expect(tools).toMatchObject([{ name: "greet", outputSchema: { required: ["result"] } }]);
      expect(good.structuredContent).toEqual({ result: ["Hello", "Ada"] });
      expect(progress).toEqual([{ progress: 1, total: 2, message: "half" }]);
      expect(bad).toMatchObject({ isError: true, content: [{ text: "greet failed: there is nobody" }] });
      expect(unknown).toContain('There is no tool "shout"');
      expect(transport.sessionId === undefined).toBe(era === "modern");
      await client.close();
    }
  });

  it("tells clients without sessions of other tools, and ends a call when they leave", async () => {
    let signal: AbortSignal | undefined;
    const wait = tool({
      name: "wait",
      description: "Waits.",
      execute: (_input, context) => {
        ({ signal } = context);
        return new Promise(() => undefined);
      },
    });
    const server = toMcpServer([wait], info);
    await using ours = await served(server);
    const client = pinned();
    await client.connect(new StreamableHTTPClientTransport(ours.url));
    let changes = 0;
    client.setNotificationHandler("notifications/tools/list_changed", () => void changes++);
    await client.listen({ toolsListChanged: true });
    await server.setTools([wait, greet]);
    await expect.poll(() => changes).toBe(1);
    const leave = new AbortController();
    const call = client.callTool({ name: "wait" }, { signal: leave.signal }).catch(() => "left");
    await expect.poll(() => signal?.aborted).toBe(false);
    leave.abort();
    expect(await call).toBe("left");
    await expect.poll(() => signal?.aborted).toBe(true);
    await client.close();
  });

  it.each([
    ["2026-07-28", pinned, "modern"],
    ["2025-11-25", older, "legacy"],
  ] as const)(
    "speaks the protocol of %s over a pair of streams, and tells of other tools",
    async (_version, make, era) => {
      const [stdin, stdout] = [new PassThrough(), new PassThrough()];
      const server = toMcpServer([greet], info);
      const serving = server.serveStdio({ stdin, stdout });
      const client = make();
      await client.connect(overStreams(stdin, stdout) as never);
      let changes = 0;
      client.setNotificationHandler("notifications/tools/list_changed", () => void changes++);
      if (era === "modern") await client.listen({ toolsListChanged: true });
      expect(client.getProtocolEra()).toBe(era);
      expect((await client.callTool({ name: "greet", arguments: { name: "Ada" } })).structuredContent).toEqual({
        result: ["Hello", "Ada"],
      });
      await server.setTools([]);
      await expect.poll(() => changes).toBe(1);
      expect((await client.listTools()).tools).toEqual([]);
      stdin.end();
      await serving;
    },
  );
});

/** The client's end of a pair of streams, line by line. */
function overStreams(stdin: PassThrough, stdout: PassThrough): object {
  const transport = {
    onmessage: undefined as ((message: unknown) => void) | undefined,
    start: async () => {
      let text = "";
      stdout.on("data", (chunk: Buffer) => {
        const lines = (text + chunk.toString()).split("\n");
        text = lines.pop() ?? "";
        for (const line of lines) transport.onmessage?.(JSON.parse(line));
      });
    },
    send: async (message: unknown) => void stdin.write(`${JSON.stringify(message)}\n`),
    close: async () => undefined,
  };
  return transport;
}

/** A server of the newer protocol alone, whose tool asks before it answers. */
function asking({ isEndless = false } = {}): {
  url: URL;
  server: ReturnType<typeof createMcpHandler>;
  fetch: typeof fetch;
  list: { description: string };
} {
  const list = { description: "Asks." };
  const server = createMcpHandler(
    () => {
      const made = new Server({ name: "asking", version: "1" }, { capabilities: { tools: { listChanged: true } } });
      const inputSchema = { type: "object", properties: {} };
      made.setRequestHandler("tools/list", () => ({ tools: [{ name: "ask", ...list, inputSchema }] }) as never);
      made.setRequestHandler("tools/call", ((
        _request: unknown,
        { mcpReq }: { mcpReq: { inputResponses?: object } },
      ) => {
        if (mcpReq.inputResponses && !isEndless)
          return { content: [{ type: "text", text: JSON.stringify(mcpReq.inputResponses) }] };
        const requestedSchema = { type: "object", properties: { name: { type: "string" } } } as const;
        return inputRequired({
          inputRequests: { who: inputRequired.elicit({ message: "Who are you?", requestedSchema }) },
        });
      }) as never);
      return made;
    },
    { legacy: "reject" },
  );
  const url = new URL("http://127.0.0.1/mcp");
  return { url, server, list, fetch: (input, init) => server.fetch(new Request(input, init)) };
}

async function askingOverHttp(options: { isEndless?: boolean } = {}) {
  const { server, list } = asking(options);
  const http = await listening(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const body = request.method === "POST" ? { body: Buffer.concat(chunks) } : {};
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const { method = "GET" } = request;
    const answer = await server.fetch(
      new Request("http://127.0.0.1/mcp", { method, headers, ...body, signal: gone.signal }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).flushHeaders();
    for await (const chunk of answer.body ?? []) response.write(chunk);
    response.end();
  });
  return {
    url: http.url,
    server,
    list,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await http[Symbol.asyncDispose]();
    },
  };
}

const only = async (url: string, options: McpOptions = {}): Promise<{ ask: Tool } & AsyncDisposable> => {
  const mcp = await toolsFromMcp({ url, name: "asking" }, options);
  const [ask] = (await mcp.tools()) as [Tool];
  return { ask, [Symbol.asyncDispose]: () => mcp[Symbol.asyncDispose]() };
};

describe("our client", () => {
  it("speaks the newest protocol to our server, unless it is told to begin with the older one", async () => {
    await using ours = await served(toMcpServer([greet], info));
    for (const [more, spoken] of [
      [{}, [newest]],
      [{ greeting: "initialize" }, [undefined, "2025-11-25"]],
    ] as const) {
      ours.versions.length = 0;
      await using mcp = await toolsFromMcp({ url: ours.url, ...more });
      const [made] = await mcp.tools();
      expect(await made?.call({ name: "Ada" })).toEqual(["Hello", "Ada"]);
      expect([...new Set(ours.versions)]).toEqual(spoken);
    }
  });

  it("has questions of a server without sessions answered, however long that takes", async () => {
    await using server = await askingOverHttp();
    const asked: unknown[] = [];
    const onElicitation: McpOptions["onElicitation"] = async (question) => {
      asked.push(question);
      await new Promise((resolve) => setTimeout(resolve, 1600));
      return { action: "accept", content: { name: "Ada" } };
    };
    await using source = await only(server.url, { onElicitation, idleTimeoutMs: 1400, callTimeoutMs: 1500 });
    let untimed = 0;
    const context = { untimed: <Result>(work: Promise<Result>): Promise<Result> => (untimed++, work) };
    expect(JSON.parse(String(await source.ask.call({}, context)))).toMatchObject({
      who: { action: "accept", content: { name: "Ada" } },
    });
    expect(asked).toMatchObject([{ server: "mcp:asking", message: "Who are you?", schema: { type: "object" } }]);
    expect(untimed).toBe(1);
  });

  it.each([
    ["nobody answers", {}, /elicitation/i],
    ["the answer is none", { onElicitation: async () => "yes" as never }, /onElicitation/],
    [
      "the answer fails",
      { onElicitation: () => Promise.reject(new Error("the window was shut")) },
      /the window was shut/,
    ],
  ])(
    "fails a call whose question is not answered because %s, and keeps the connection",
    async (_why, options, message) => {
      await using server = await askingOverHttp();
      await using source = await only(server.url, options);
      for (let time = 0; time < 2; time++) {
        const error = await source.ask.call({}).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: "TOOL_FAILED", message: expect.stringMatching(message) });
      }
    },
  );

  it("gives up a call that asks without end, and keeps the connection", async () => {
    await using server = await askingOverHttp({ isEndless: true });
    await using source = await only(server.url, { onElicitation: async () => ({ action: "decline" }) });
    for (let time = 0; time < 2; time++) {
      const message = expect.stringMatching(/still required input/);
      await expect(source.ask.call({})).rejects.toMatchObject({ code: "SOURCE_ANSWER_INVALID", message });
    }
  });

  it("hears of other tools, and reads the list anew where it cannot hear", async () => {
    await using server = await askingOverHttp();
    let changes = 0;
    await using mcp = await toolsFromMcp({ url: server.url }, { onToolsChanged: () => changes++ });
    await mcp.tools();
    server.list.description = "Asks loudly.";
    await expect
      .poll(() => {
        server.server.notify.toolsChanged();
        return changes;
      })
      .toBeGreaterThan(0);
    expect((await mcp.tools()).map(({ description }) => description)).toEqual(["Asks loudly."]);
  });

  it("uses a client that is handed in, and leaves it open without its subscription", async () => {
    const { url, server, fetch } = asking();
    const client = pinned();
    await client.connect(new StreamableHTTPClientTransport(url, { fetch }));
    const mcp = await toolsFromMcp({ client, name: "given" });
    expect(await mcp.tools()).toHaveLength(1);
    const listeners = server.bus as unknown as { listenerCount: number };
    await expect.poll(() => listeners.listenerCount).toBe(1);
    await mcp[Symbol.asyncDispose]();
    await expect.poll(() => listeners.listenerCount).toBe(0);
    expect((await client.listTools()).tools).toHaveLength(1);
    await client.close();
    await server.close();
  });

  it.each([
    ["404", (response: ServerResponse) => void response.writeHead(404).end()],
    ["500", (response: ServerResponse) => void response.writeHead(500).end("what?")],
    ["a page", (response: ServerResponse) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>")],
    [
      "no JSON",
      (response: ServerResponse) => void response.writeHead(200, { "content-type": "application/json" }).end("{"),
    ],
  ])(
    "speaks the older protocol to a server that answers the newer one's first question with %s",
    async (_what, refuse) => {
      const ours = toMcpServer([greet], info);
      const handle = await ours.handler();
      await using http = await listening((request, response) => {
        if (request.headers["mcp-method"] === "server/discover") refuse(response);
        else handle(request, response);
      });
      await using mcp = await toolsFromMcp({ url: http.url });
      expect((await mcp.tools()).map(({ name }) => name)).toEqual(["greet"]);
      await ours[Symbol.asyncDispose]();
    },
  );

  it("starts a process again with the newer protocol where it knows no other", async () => {
    const program = `
      import { Server } from "@modelcontextprotocol/server";
      import { serveStdio } from "@modelcontextprotocol/server/stdio";
      serveStdio(() => {
        const server = new Server({ name: "new", version: "1" }, { capabilities: { tools: {} } });
        const inputSchema = { type: "object", properties: {} };
        server.setRequestHandler("tools/list", () => ({ tools: [{ name: "say", description: "Says.", inputSchema }] }));
        server.setRequestHandler("tools/call", () => ({ content: [{ type: "text", text: "new" }] }));
        return server;
      }, { legacy: "reject" });`;
    const args = ["--input-type=module", "--eval", program];
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    await using mcp = await toolsFromMcp({ command: process.execPath, args, cwd, name: "new" });
    const [say] = await mcp.tools();
    expect(await say?.call({})).toBe("new");
  });

  it("names the package that is missing for a server of the newer protocol alone", async () => {
    const cause = Object.assign(new Error("Unsupported protocol version"), { code: -32_022 });
    const refused = new ToolSourceError("mcp:new cannot be started", { code: "SOURCE_UNAVAILABLE", cause });
    const identity = { name: "mcp:new", redact: String, learn: () => undefined };
    const connecting = greeted(identity, "discover", ["initialize"], () => Promise.reject(refused));
    await expect(connecting).rejects.toMatchObject({
      code: "ADAPTER_PEER_MISSING",
      message: expect.stringContaining("npm install @modelcontextprotocol/client"),
    });
  });
});

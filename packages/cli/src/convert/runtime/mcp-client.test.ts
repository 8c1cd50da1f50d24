import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { loadRuntime } from "../source/runtime-module.ts";

const { callTool, describeServer } = (await loadRuntime("mcp-client.js")) as {
  callTool(server: object, name: string, input: object, signal?: AbortSignal): Promise<unknown>;
  describeServer(server: object): Promise<{ serverInfo: unknown; tools: unknown[] }>;
};

const say = { name: "say", description: "Says.", inputSchema: { type: "object", properties: {} } };
const hello = { content: [{ type: "text", text: "hello" }] };

/** A request as it arrived. */
interface Arrived {
  http: string;
  method: string | undefined;
  headers: IncomingHttpHeaders;
  params: Record<string, unknown>;
}

type Answer = (request: Arrived & { id: unknown }, response: ServerResponse) => unknown;

/** A server that is made without an SDK. What `answer` gives is the result; nothing: it has answered itself. */
async function rawServer(answer: Answer, more: object = {}) {
  const arrived: Arrived[] = [];
  const http = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
    const { id, method, params = {} } = (body === "" ? {} : JSON.parse(body)) as Partial<Arrived> & { id?: unknown };
    const here = { http: request.method ?? "", method, headers: request.headers, params };
    arrived.push(here);
    if (here.http === "POST" && id === undefined) return void response.writeHead(202).end();
    const result = answer({ ...here, id }, response);
    if (result === undefined) return;
    response.writeHead(200, { "content-type": "application/json", "mcp-session-id": `session-${arrived.length}` });
    response.end(JSON.stringify({ jsonrpc: "2.0", id, result }));
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`;
  return {
    arrived,
    calls: () => arrived.filter(({ method }) => method === "tools/call").length,
    /** As a package knows it. */
    server: { name: "raw", url, tools: { say }, ...more },
    [Symbol.asyncDispose]: async () => {
      http.close();
      http.closeAllConnections();
    },
  };
}

const capabilities = { tools: {}, resources: {} };
const initialized = { protocolVersion: "2025-06-18", capabilities, serverInfo: { name: "raw", version: "1" } };

/** Answers as servers do; calls are answered by `call`. */
function usual(call: Answer, tools: readonly object[] = [say]): Answer {
  return (request, response) => {
    if (request.http === "DELETE") return void response.writeHead(200).end();
    if (request.method === "initialize") return initialized;
    if (request.method === "tools/list") return { tools };
    return call(request, response);
  };
}

/** Events as they stand in a stream. */
function stream(response: ServerResponse, ...events: readonly string[]): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const event of events) response.write(`${event}\n\n`);
}

const message = (id: unknown, result: unknown): string => `data: ${JSON.stringify({ jsonrpc: "2.0", id, result })}`;

describe("the client of MCP servers", () => {
  it("makes a session for a call, and ends it", async () => {
    await using raw = await rawServer(usual(() => hello));
    expect(await callTool(raw.server, "say", {})).toBe("hello");
    expect(raw.arrived.map(({ http, method }) => method ?? http)).toEqual([
      "initialize",
      "notifications/initialized",
      "tools/list",
      "tools/call",
      "DELETE",
    ]);
    const [first, ...others] = raw.arrived.map(({ headers }) => headers);
    expect(first).toMatchObject({ accept: "application/json, text/event-stream" });
    expect(first).not.toHaveProperty("mcp-session-id");
    for (const headers of others) {
      expect(headers).toMatchObject({ "mcp-session-id": "session-1", "mcp-protocol-version": "2025-06-18" });
    }
    await callTool(raw.server, "say", {});
    expect(raw.arrived.filter(({ method }) => method === "tools/list")).toHaveLength(1);
  });

  it("takes the answer out of a stream of events, among other messages, and leaves the stream", async () => {
    const notice = `data: ${JSON.stringify({ jsonrpc: "2.0", method: "notifications/progress" })}`;
    await using raw = await rawServer(
      usual(({ id }, response) => stream(response, notice, "data: no JSON", message(99, {}), message(id, hello))),
    );
    expect(await callTool(raw.server, "say", {})).toBe("hello");
  });

  it("asks for the rest of a stream that ended, where its events have ids", async () => {
    let asked: unknown;
    await using raw = await rawServer(
      usual(({ http, id, headers }, response) => {
        if (http === "GET") {
          stream(response, message(headers["last-event-id"] === "e1" ? asked : "nobody", hello));
        } else {
          asked = id;
          stream(response, "id: e1\nretry: 1\ndata:");
        }
        response.end();
      }),
    );
    expect(await callTool(raw.server, "say", {})).toBe("hello");
    expect(raw.calls()).toBe(1);
  });

  it("begins again, once, when the server has forgotten the session", async () => {
    let forgotten = 1;
    await using raw = await rawServer(
      usual((_request, response) => (forgotten-- > 0 ? void response.writeHead(404).end() : hello)),
    );
    expect(await callTool(raw.server, "say", {})).toBe("hello");
    expect(raw.calls()).toBe(2);
    forgotten = 5;
    await expect(callTool(raw.server, "say", {})).rejects.toThrow("The session is over");
    expect(raw.calls()).toBe(4);
  });

  it("does not repeat a call whose answer got lost", async () => {
    await using raw = await rawServer(
      usual(({ http }, response) => {
        if (http === "GET") return void response.writeHead(404).end();
        stream(response, "id: e1\nretry: 1\ndata:");
        response.end();
      }),
    );
    await expect(callTool(raw.server, "say", {})).rejects.toThrow("does not give the rest: HTTP 404");
    expect(raw.calls()).toBe(1);
  });

  it.each<[string, Answer, RegExp]>([
    [
      "that says it failed",
      () => ({ isError: true, content: [{ type: "text", text: "no \u001b[31mluck" }] }),
      /^no \[31mluck$/,
    ],
    ["that the protocol does not know", () => ({ content: [{ type: "hologram" }] }), /a part of the type "hologram"/],
    ["that is no result", () => ({ content: "x" }), /is no result of a tool/],
    ["with media in no base64", () => ({ content: [{ type: "image", data: "!", mimeType: "image/png" }] }), /base64/],
    ["that is HTML", (_, response) => void response.writeHead(500).end("<html>"), /HTTP 500: a page of HTML/],
    ["that the server refuses", ({ id }, response) => void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ id, error: { code: -1, message: "say more" } })), /raw refused tools\/call: say more/], // prettier-ignore
    ["that breaks off", (_, response) => void response.destroy(), /raw: tools\/call failed/],
    ["that ends too early", (_, response) => (stream(response, ": x"), void response.end()), /ended the connection before/], // prettier-ignore
  ])("reports an answer %s", async (_what, answer, expected) => {
    await using raw = await rawServer(usual(answer));
    await expect(callTool(raw.server, "say", {})).rejects.toThrow(expected);
  });

  it.each(["application/json", "text/event-stream"])("gives up an answer of 100 MB of %s", async (type) => {
    let sent = 0;
    await using raw = await rawServer(
      usual((_, response) => {
        response.writeHead(200, { "content-type": type });
        const more = (): void => {
          if (response.destroyed || ++sent > 100) return void response.end();
          response.write("x".repeat(1024 * 1024), more);
        };
        more();
      }),
    );
    await expect(callTool(raw.server, "say", {})).rejects.toThrow("more than 16777216 bytes");
    expect(sent).toBeLessThan(60);
  });

  it("ends a call that hangs when its caller leaves", async () => {
    const controller = new AbortController();
    await using raw = await rawServer(usual(() => controller.abort(new Error("enough"))));
    await expect(callTool(raw.server, "say", {}, controller.signal)).rejects.toThrow("enough");
  });

  it("names no protocol that it does not speak, and takes none", async () => {
    await using raw = await rawServer(() => ({ ...initialized, protocolVersion: "2099-01-01" }));
    await expect(callTool(raw.server, "say", {})).rejects.toThrow("speaks version 2099-01-01");
    expect(raw.arrived[0]?.params["protocolVersion"]).toBe("2025-11-25");
  });

  it("reads a list of tools that has pages, and none without end", async () => {
    const page = ({ params: { cursor = "0" } }: Arrived): object => ({ tools: [say], nextCursor: cursor === "2" ? "" : String(Number(cursor) + 1) }); // prettier-ignore
    await using raw = await rawServer((request, response) => (request.method === "tools/list" ? page(request) : usual(() => hello)(request, response))); // prettier-ignore
    expect((await describeServer(raw.server)).tools).toHaveLength(3);
    await using circle = await rawServer((request, response) => request.method === "tools/list" ? { tools: [], nextCursor: "a" } : usual(() => hello)(request, response)); // prettier-ignore
    await expect(describeServer(circle.server)).rejects.toThrow("tools without end");
  });

  it.each<[string, object[], RegExp]>([
    ["is gone", [], /has no tool say, as it had when this package was made/],
    ["does something else", [{ ...say, description: "Sends." }], /its description\. .*--update$/],
    [
      "takes and gives something else",
      [{ ...say, inputSchema: { type: "object" }, outputSchema: {} }],
      /: the schema of its input and the schema of its output\./,
    ],
    ["claims to change nothing", [{ ...say, annotations: { readOnlyHint: true } }], /its annotations/],
  ])("does not call a tool that %s", async (_what, tools, expected) => {
    await using raw = await rawServer(usual(() => hello, tools));
    await expect(callTool(raw.server, "say", {})).rejects.toThrow(expected);
    expect(raw.calls()).toBe(0);
  });

  it("calls a tool whose declaration is only written in another order", async () => {
    const other = {
      inputSchema: { properties: {}, type: "object" },
      description: "Says.",
      name: "say",
      _meta: { x: 1 },
    };
    await using raw = await rawServer(usual(() => hello, [other]));
    expect(await callTool(raw.server, "say", {})).toBe("hello");
  });

  it.each(["secret\nvalue", "secret\u00e9value"])(
    "does not send, or repeat, the token %j, which is none",
    async (token) => {
      await using raw = await rawServer(() => undefined, { token });
      const error = await callTool(raw.server, "say", {}).catch((thrown: unknown) => String(thrown));
      expect(error).toContain("cannot be sent its token");
      expect(error).not.toContain("secret");
    },
  );

  it("sends the token that its variable holds, and repeats it in no error", async () => {
    process.env["SMOLTOOLS_TEST_TOKEN"] = "very-secret";
    const more = { tokenVariable: "SMOLTOOLS_TEST_TOKEN" };
    await using raw = await rawServer(
      usual(({ headers }) => ({ isError: true, content: [{ type: "text", text: `got ${headers.authorization}` }] })),
      more,
    );
    await expect(callTool(raw.server, "say", {})).rejects.toThrow(/^got Bearer \*\*\*$/);
    await using closed = await rawServer((_, response) => void response.writeHead(401).end(), more);
    await expect(callTool(closed.server, "say", {})).rejects.toThrow("raw refuses the token in SMOLTOOLS_TEST_TOKEN");
    delete process.env["SMOLTOOLS_TEST_TOKEN"];
    await expect(callTool(closed.server, "say", {})).rejects.toThrow("wants a token: set the variable SMOLTOOLS_TEST_");
    await using open = await rawServer((_, response) => void response.writeHead(401).end());
    await expect(callTool(open.server, "say", {})).rejects.toThrow("smoltools convert --env NAME");
  });

  it("follows links through the server alone, and tells those that it cannot follow", async () => {
    const link = (uri: string): object => ({ type: "resource_link", uri, name: "notes" });
    await using raw = await rawServer(
      usual(({ method, params }, response) => {
        if (method === "tools/call") return { content: [link("x:1"), link("http://127.0.0.1:1/2")] };
        if (params["uri"] !== "x:1") return void response.writeHead(404).end();
        return { contents: [{ uri: "x:1/a.bin", blob: "AQI=", mimeType: "application/zip" }] };
      }),
    );
    expect(await callTool(raw.server, "say", {})).toEqual([
      { $media: "data:application/zip;base64,AQI=", kind: "file", mediaType: "application/zip", name: "a.bin" },
      "notes: http://127.0.0.1:1/2",
    ]);
    expect(raw.calls()).toBe(1);
  });
});

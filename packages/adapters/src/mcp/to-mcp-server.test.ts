import { PassThrough } from "node:stream";
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from "@modelcontextprotocol/client";
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as HttpV1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { CodeAgent, MediaRef, mediaSchema, tool, type ToolDeclaration } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { afterEach, describe, expect, it } from "vitest";
import { quickjs } from "../sandboxes/quickjs/index.ts";
import { toolsFromMcp } from "./from/tools-from-mcp.ts";
import type { McpCallContext } from "./to/call-context.ts";
import { toMcpServer } from "./to/to-mcp-server.ts";

const info = { name: "ours", version: "1.2.3", instructions: "Use with care." };
const image = MediaRef.fromBytes(new Uint8Array([1, 2, 3]), { mediaType: "image/png" });
const file = MediaRef.fromBytes(new Uint8Array([4, 5]), { mediaType: "text/csv", name: "rows.csv" });

const weather = tool({
  name: "weather",
  description: "Tells the weather.",
  input: { type: "object", properties: { city: { type: "string" } }, required: ["city"], additionalProperties: false },
  output: { type: "object", properties: { degrees: { type: "number" } }, required: ["degrees"] },
  annotations: { title: "Weather", readOnlyHint: true, openWorldHint: false },
  execute: ({ city }) => ({ degrees: city.length }),
});
const fails = tool({
  name: "fails",
  description: "Fails.",
  execute: () => {
    throw new Error("the well is dry");
  },
});

/** A tool that gives back what it is given to give. */
const giving = (name: string, value: unknown, output?: ToolDeclaration["outputSchema"]) =>
  tool({ name, description: "Gives.", ...(output !== undefined && { output }), execute: () => value });

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

async function serve(tools: Parameters<typeof toMcpServer>[0]) {
  const server = toMcpServer(tools, info);
  const endpoint = await server.listen();
  open.push(server);
  return { server, url: endpoint.url };
}

async function back(tools: Parameters<typeof toMcpServer>[0]) {
  const { server, url } = await serve(tools);
  const mcp = await toolsFromMcp({ url, name: "ours" });
  open.push(mcp);
  return { server, mcp, tools: new Map((await mcp.tools()).map((each) => [each.name, each])) };
}

const clients = [
  [
    "@modelcontextprotocol/sdk 1",
    async (url: string) => {
      const client = new ClientV1({ name: "test", version: "1" });
      await client.connect(new HttpV1(new URL(url)) as never);
      open.push({ [Symbol.asyncDispose]: () => client.close() });
      return client as unknown as ClientV2;
    },
  ],
  [
    "@modelcontextprotocol/client 2",
    async (url: string) => {
      const client = new ClientV2({ name: "test", version: "1" });
      await client.connect(new HttpV2(new URL(url)));
      open.push({ [Symbol.asyncDispose]: () => client.close() });
      return client;
    },
  ],
] as const;

describe.each(clients)("a client of %s", (_name, connect) => {
  it("sees what the tools declare, and what they give", async () => {
    const { url } = await serve([
      weather,
      giving("list", [1, 2], { type: "array", items: { type: "integer" } }),
      fails,
    ]);
    const client = await connect(url);
    expect(client.getServerVersion()).toMatchObject({ name: "ours", version: "1.2.3" });
    expect(client.getInstructions()).toBe("Use with care.");
    const { tools } = await client.listTools();
    expect(tools[0]).toEqual({
      name: "weather",
      title: "Weather",
      description: "Tells the weather.",
      inputSchema: weather.inputSchema,
      outputSchema: weather.outputSchema,
      annotations: weather.annotations,
    });
    expect(tools[1]?.outputSchema).toMatchObject({ type: "object", required: ["result"] });
    expect(await client.callTool({ name: "weather", arguments: { city: "Oslo" } })).toMatchObject({
      structuredContent: { degrees: 4 },
      content: [{ type: "text", text: '{"degrees":4}' }],
    });
    expect(await client.callTool({ name: "list" })).toMatchObject({ structuredContent: { result: [1, 2] } });
  });

  it("is told what went wrong in a way that its model sees", async () => {
    const { url } = await serve([weather, fails, giving("lies", 1, { type: "string" })]);
    const client = await connect(url);
    for (const [name, args, text] of [
      ["fails", {}, "the well is dry"],
      ["weather", { city: 7 }, "city"],
      ["lies", {}, "output schema"],
    ] as const) {
      const result = await client.callTool({ name, arguments: args });
      expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringContaining(text) }] });
    }
    await expect(client.callTool({ name: "nowhere" })).rejects.toMatchObject({ code: -32_602 });
  });

  it("gets media as content", async () => {
    const { url } = await serve([giving("picture", image), giving("table", file), giving("both", ["look", image])]);
    const client = await connect(url);
    const contentOf = async (name: string) => (await client.callTool({ name })).content;
    expect(await contentOf("picture")).toEqual([{ type: "image", data: "AQID", mimeType: "image/png" }]);
    expect(await contentOf("table")).toEqual([
      { type: "resource", resource: { uri: "media:///rows.csv", mimeType: "text/csv", blob: "BAU=" } },
    ]);
    expect(await contentOf("both")).toMatchObject([{ type: "text", text: "look" }, { type: "image" }]);
  });

  it("is told the progress, can cancel, and hears of other tools", async () => {
    let ended: ((reason: unknown) => void) | undefined;
    const aborted = new Promise((resolve) => (ended = resolve));
    const slow = tool({
      name: "slow",
      description: "Takes its time.",
      execute: async (_input, { context, signal }) => {
        (context as McpCallContext).reportProgress({ progress: 1, total: 2, message: "half" });
        return new Promise((_, reject) => {
          signal?.addEventListener("abort", () => {
            ended?.("aborted");
            reject(new Error("aborted"));
          });
        });
      },
    });
    const { server, url } = await serve([slow]);
    const client = await connect(url);
    const changed = new Promise<void>((resolve) => {
      client.fallbackNotificationHandler = async ({ method }) => {
        if (method === "notifications/tools/list_changed") resolve();
      };
    });
    const controller = new AbortController();
    const progress = new Promise((resolve) => {
      const options = { signal: controller.signal, onprogress: resolve };
      client
        .request({ method: "tools/call", params: { name: "slow" } }, anything as never, options as never)
        .catch(() => undefined);
    });
    expect(await progress).toEqual({ progress: 1, total: 2, message: "half" });
    controller.abort("enough");
    expect(await aborted).toBe("aborted");
    // The stream for notifications is opened after the client has introduced itself.
    await expect
      .poll(async () => {
        await server.setTools([weather]);
        return Promise.race([changed.then(() => true), new Promise((resolve) => setTimeout(resolve, 50, false))]);
      })
      .toBe(true);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(["weather"]);
  });
});

const anything = {
  "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) },
  safeParse: (data: unknown) => ({ success: true, data }),
};

describe("there and back", () => {
  it.each<[string, unknown, ToolDeclaration["outputSchema"]?]>([
    ["text", "text"],
    ["text that looks like JSON", '{"a":1}'],
    ["empty text", ""],
    ["nothing", null],
    ["a number", 7],
    ["a list", [1, "a", null]],
    ["a list of texts", ["a", "b"]],
    ["an empty list", []],
    ["an object", { a: { b: [1] } }],
    ["an object with the key result", { result: 1 }],
    ["an image", image],
    ["a file", file],
    ["texts and media", ["a", image, "b", file]],
    ["media in an object", { image, list: [{ file }], "a/b~c": image }],
    ["media in a list", [[image]]],
    ["a declared text", "text", { type: "string" }],
    ["a declared list", [[1]], { type: "array" }],
    ["a declared null", null, { type: "null" }],
    ["declared media", image, mediaSchema("image")],
    [
      "declared media in an object",
      { image, note: "a" },
      { type: "object", properties: { image: mediaSchema("image") }, required: ["image"] },
    ],
    ["declared media in a list", [image, file], { type: "array" }],
  ])("%s stays what it is", async (_what, value, output) => {
    const { tools } = await back([giving("give", value, output)]);
    const result = await tools.get("give")?.call({});
    expect(comparable(result)).toEqual(comparable(value));
    expect(tools.get("give")?.outputSchema).toEqual(output);
  });

  it("media in the arguments keep their bytes", async () => {
    let got: unknown;
    const look = tool({
      name: "look",
      description: "Looks.",
      input: { type: "object", properties: { images: { type: "array", items: mediaSchema("image") } } },
      execute: ({ images }) => void (got = images),
    });
    const { tools } = await back([look]);
    await tools.get("look")?.call({ images: [image] } as never);
    expect(comparable(got)).toEqual(comparable([image]));
  });

  it("an error's text comes back, as do wrong arguments that never left", async () => {
    const { tools } = await back([fails, weather]);
    await expect(tools.get("fails")?.call({})).rejects.toThrow("fails failed: fails failed: the well is dry");
    await expect(tools.get("weather")?.call({})).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
  });

  it("a schema that refers to itself, in an output that is no object, stays what it is", async () => {
    const output = {
      $defs: { leaf: { type: "integer" } },
      type: "array",
      items: { anyOf: [{ $ref: "#" }, { $ref: "#/$defs/leaf" }, { $ref: "#/items/anyOf/1" }] },
      default: [{ $ref: "#" }],
    } as const;
    const { tools } = await back([giving("nested", [[1], 2], output)]);
    expect(tools.get("nested")?.outputSchema).toEqual(output);
    expect(await tools.get("nested")?.call({})).toEqual([[1], 2]);
  });
});

/** Media as what they hold, to compare. */
function comparable(value: unknown): unknown {
  if (value instanceof MediaRef) return { mediaType: value.mediaType, data: value.toBase64() };
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]));
}

describe("an agent as a server", () => {
  const agent = (answers: string[]) =>
    new CodeAgent({
      name: "researcher",
      description: "Finds things out.",
      model: new ScriptedModel(answers),
      sandbox: quickjs(),
    });

  it("answers the task, and its steps are the progress", async () => {
    const { url } = await serve(
      agent(["<code>\nconst a = 20;\nconsole.log(a);\n</code>", "<code>\nfinalAnswer({ sum: a + 22 });\n</code>"]),
    );
    const progress: unknown[] = [];
    const onProgress = (each: object): void => void progress.push(each);
    await using mcp = await toolsFromMcp({ url, name: "ours" }, { onProgress });
    const [researcher] = await mcp.tools();
    expect(researcher).toMatchObject({ name: "researcher", description: "Finds things out." });
    expect(await researcher?.call({ task: "Add." })).toEqual({ sum: 42 });
    expect(progress).toContainEqual({ server: "mcp:ours", tool: "researcher", progress: 1, message: "Step 1" });
  });

  it("needs a name", () => {
    const nameless = new CodeAgent({ model: new ScriptedModel([]), sandbox: quickjs() });
    expect(() => toMcpServer(nameless, info)).toThrow(/name/);
  });
});

it("two tools of one name cannot be served", () => {
  expect(() => toMcpServer([weather, weather, giving("weather", 1)], info)).toThrow(/two tools are named weather/);
});

it("a server ends with its clients' calls", async () => {
  const waits = tool({ name: "waits", description: "Waits.", execute: () => new Promise(() => undefined) });
  const { server, mcp, tools } = await back([waits]);
  const call = tools
    .get("waits")
    ?.call({})
    .catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await server[Symbol.asyncDispose]();
  expect(await call).toMatchObject({ code: "SOURCE_UNAVAILABLE" });
  await mcp[Symbol.asyncDispose]();
});

describe("a server over standard input and output", () => {
  it("answers there, and ends with its input", async () => {
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const serving = toMcpServer([weather], info).serveStdio({ stdin, stdout });
    stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" })}\n`);
    const [line] = await new Promise<Buffer[]>((resolve) => stdout.once("data", (chunk: Buffer) => resolve([chunk])));
    expect(JSON.parse(String(line))).toEqual({ jsonrpc: "2.0", id: 1, result: {} });
    stdin.end();
    await serving;
  });

  it("ends when it is told to", async () => {
    const controller = new AbortController();
    const [stdin, stdout] = [new PassThrough(), new PassThrough()];
    const serving = toMcpServer([weather], info).serveStdio({ stdin, stdout, signal: controller.signal });
    controller.abort();
    expect(await serving).toBeUndefined();
  });
});

import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from "@modelcontextprotocol/client";
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as HttpV1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type JsonSchema, type ObjectSchema, type Tool, tool, type ToolAnnotations } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { toAiSdk } from "./ai-sdk/to-ai-sdk.ts";
import { toolsFromAiSdk } from "./ai-sdk/from-ai-sdk.ts";
import { toolsFromLangchain } from "./langchain/from-langchain.ts";
import { toLangchain } from "./langchain/to-langchain.ts";
import type { McpClient } from "./mcp/from/mcp-server.ts";
import { toolsFromMcp } from "./mcp/from/tools-from-mcp.ts";
import { listening } from "./mcp/test-support/official-servers.ts";
import { HttpEndpoint } from "./mcp/to/http-endpoint.ts";
import { httpSettings } from "./mcp/to/http-options.ts";
import { ServedTools } from "./mcp/to/served-tools.ts";
import type { ServerLine } from "./mcp/to/server-line.ts";
import { loadServerV1 } from "./mcp/to/server-v1.ts";
import { loadServerV2 } from "./mcp/to/server-v2.ts";

interface Declared {
  input?: ObjectSchema;
  output?: JsonSchema;
  description?: string;
  annotations?: ToolAnnotations;
}

const of = (x: JsonSchema, more: Partial<ObjectSchema> = {}): Declared => ({
  input: { type: "object", properties: { x }, ...more },
});
const node: JsonSchema = {
  type: "object",
  properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/node" } } },
  required: ["name"],
};
const circle: JsonSchema = { type: "object", properties: { kind: { const: "circle" }, radius: { type: "number" } } };
const square: JsonSchema = { type: "object", properties: { kind: { const: "square" }, side: { type: "number" } } };

/** What can be declared, by what is special about it. */
const declarations: Record<string, Declared> = {
  "nothing but a name": {},
  "a description of many lines and scripts": { description: 'Zählt 文字 🙂\n\n- "quoted" \\ </b> {{x}}\n\tand more' },
  "all annotations": {
    annotations: {
      title: "Ein Titel 🙂",
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  },
  "a title alone": { annotations: { title: "Title" } },
  "no arguments, and no others": { input: { type: "object", properties: {}, additionalProperties: false } },
  "any object": { input: { type: "object" } },
  "arguments in an order of their own": {
    input: {
      type: "object",
      properties: { z: { type: "string" }, a: { type: "string" }, "10": { type: "string" } },
      required: ["z", "a"],
    },
  },
  "names that code cannot use": {
    input: {
      type: "object",
      properties: {
        größe: {},
        日本: {},
        "a/b~c": {},
        "with space": {},
        "": {},
        'a"b': {},
        constructor: {},
        $ref: { type: "string" },
        "x-y": {},
      },
      required: ["größe", "a/b~c", "$ref"],
    },
  },
  "limits of numbers": of({ type: "integer", minimum: 0, exclusiveMaximum: 10, multipleOf: 2 }),
  "limits of texts": of({ type: "string", minLength: 1, maxLength: 9, pattern: "^[a-zäöü]+$", format: "email" }),
  formats: of({
    type: "array",
    items: { anyOf: ["date-time", "uri", "uuid", "made-up"].map((format) => ({ type: "string", format })) },
  }),
  "limits of lists": of({ type: "array", items: { type: "string" }, minItems: 1, maxItems: 3, uniqueItems: true }),
  "lists that contain": of({ type: "array", contains: { type: "number" }, minContains: 2, maxContains: 3 }),
  "a tuple": of({ type: "array", prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 2 }),
  "a tuple that goes on": of({ type: "array", prefixItems: [{ type: "string" }], items: { type: "number" } }),
  "nested tuples": of({
    type: "array",
    items: { type: "array", prefixItems: [{ type: "array", prefixItems: [true] }] },
  }),
  "a choice of values": of({ enum: ["a", 1, null, true, { b: [1] }] }),
  constants: of({ anyOf: [{ const: 1 }, { const: "a" }, { const: null }, { const: { a: [] } }] }),
  "defaults that look like schemas": of({ type: "object", default: { $ref: "#/nowhere", items: [{ type: "x" }] } }),
  examples: of({ type: "string", examples: ["a", "b"], title: "X", deprecated: true, readOnly: true, $comment: "why" }),
  "several types": of({ type: ["string", "number", "null"] }),
  "a union with a mark": of({ oneOf: [circle, square] }),
  "all of several": of({ allOf: [circle, { required: ["kind"] }], not: { required: ["x"] } }),
  "a condition": of({ type: "object", if: { required: ["a"] }, else: { maxProperties: 1 } }),
  "a choice at the root": { input: { type: "object", anyOf: [circle, square] } },
  "conditions at the root": {
    input: {
      type: "object",
      properties: { a: {}, b: {} },
      oneOf: [{ required: ["a"] }, { required: ["b"] }],
      dependentRequired: { a: ["b"] },
    },
  },
  "keys that depend on keys": of({
    type: "object",
    dependentRequired: { a: ["b"] },
    dependentSchemas: { c: { required: ["d"] } },
  }),
  "keys by pattern": of({
    type: "object",
    patternProperties: { "^x-": { type: "number" } },
    propertyNames: { maxLength: 5 },
  }),
  "a record": of({ type: "object", additionalProperties: { type: "number" }, minProperties: 1, maxProperties: 9 }),
  "schemas that are true and false": of(true, {
    properties: { any: true, none: false, deep: { type: "object", properties: { any: true } } },
  }),
  "what is not evaluated": of({ type: "object", allOf: [circle], unevaluatedProperties: false }),
  "a type that contains itself": of({ $ref: "#/$defs/node" }, { $defs: { node } }),
  "an input that contains itself": { input: { type: "object", properties: { next: { $ref: "#" }, value: {} } } },
  "a reference at the root": { input: { type: "object", $ref: "#/$defs/node", $defs: { node } } },
  "a reference into the input": {
    input: { type: "object", properties: { a: { type: "string" }, b: { $ref: "#/properties/a" } } },
  },
  "a named draft": {
    input: { $schema: "https://json-schema.org/draft/2020-12/schema", type: "object", properties: {} },
  },
  "a definition that nobody uses": of({}, { $defs: { unused: { type: "string" } } }),
  "a result that is a text": { output: { type: "string", description: "The text." } },
  "a result that is nothing": { output: { type: "null" } },
  "a result that is anything": { output: true },
  "a result of several types": {
    output: { anyOf: [{ type: "array", items: { $ref: "#/$defs/node" } }, { type: "null" }], $defs: { node } },
  },
  "a result that contains itself": {
    output: { type: "array", items: { anyOf: [{ $ref: "#" }, { type: "integer" }] } },
  },
  "a result with a result": {
    output: { type: "object", properties: { result: { type: "string" } }, required: ["result"] },
  },
  "a result that is an object or a list": { output: { type: ["object", "array"] } },
  "a result with a named draft": {
    output: { $schema: "https://json-schema.org/draft/2020-12/schema", type: "object", properties: { a: true } },
  },
};

const originals: Tool[] = Object.entries(declarations).map(
  ([what, { input, output, description, annotations }], index) =>
    tool<ObjectSchema, JsonSchema>({
      name: `tool_${index}`,
      description: description ?? `Has ${what}.`,
      ...(input && { input }),
      ...(output !== undefined && { output }),
      ...(annotations && { annotations }),
      execute: () => null,
    }),
);

/** One request after another to the endpoint, which answers for a server of one line of the SDK. */
async function overMcp(
  line: ServerLine,
  connect: (url: URL) => Promise<McpClient & { close(): Promise<void> }>,
): Promise<Tool[]> {
  const served = new ServedTools(originals);
  const handlers = {
    info: { name: "tools", version: "1" },
    instructions: undefined,
    list: () => served.entries,
    call: () => Promise.reject(new Error("nothing is called")),
  };
  await using endpoint = new HttpEndpoint(line, handlers, httpSettings({}));
  await using http = await listening((request, response) => void endpoint.handle(request, response));
  const client = await connect(new URL(http.url));
  try {
    await using mcp = await toolsFromMcp({ client, name: "tools" });
    expect(mcp.refused).toEqual([]);
    return await mcp.tools();
  } finally {
    await client.close();
  }
}

const info = { name: "test", version: "1" };
const clientV1 = async (url: URL) => {
  const client = new ClientV1(info);
  await client.connect(new HttpV1(url) as never);
  return client;
};
const clientV2 = async (url: URL) => {
  const client = new ClientV2(info);
  await client.connect(new HttpV2(url));
  return client;
};
const newest = async (url: URL) => {
  const client = new ClientV2(info, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
  await client.connect(new HttpV2(url));
  return client;
};

const ways: [string, () => Promise<Tool[]>][] = [
  ["LangChain", async () => toolsFromLangchain(await Promise.all(originals.map(toLangchain)))],
  ["the AI SDK", () => toolsFromAiSdk(toAiSdk(originals))],
  ["a server of version 1 of MCP's SDK, and a client of it", async () => overMcp(await loadServerV1(), clientV1)],
  ["a server of version 1, and a client of version 2", async () => overMcp(await loadServerV1(), clientV2)],
  ["a server of version 2, and a client of version 1", async () => overMcp(await loadServerV2(), clientV1)],
  ["a server of version 2, and a client of it", async () => overMcp(await loadServerV2(), clientV2)],
  ["the same in the protocol of 2026-07-28", async () => overMcp(await loadServerV2(), newest)],
];

/** A declaration as text: the order of arguments counts. */
function textOf({ name, description, inputSchema, outputSchema, annotations }: Tool): string {
  return JSON.stringify({ name, description, inputSchema, outputSchema, annotations }, undefined, 1);
}

describe.each(ways)("by way of %s", (_way, back) => {
  it("every declaration comes back as it was", async () => {
    const returned = await back();
    expect(returned.map(textOf)).toEqual(originals.map(textOf));
  });
});

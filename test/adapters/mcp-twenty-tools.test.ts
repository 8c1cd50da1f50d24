import { readFileSync } from "node:fs";
import { toMcpServer, toolsFromMcp } from "@smoltools/adapters/mcp";
import { type JsonSchema, type ObjectSchema, tool, type ToolAnnotations } from "@smoltools/core";
import { beforeAll, afterAll, describe, expect, it } from "vitest";

interface Declared {
  name: string;
  description: string;
  inputSchema: ObjectSchema;
  outputSchema?: JsonSchema;
  annotations: ToolAnnotations;
}

const read = <Content>(name: string): Content =>
  JSON.parse(readFileSync(new URL(`../../fixtures/derive/${name}`, import.meta.url), "utf8")) as Content;

/** The name that every sandbox defines itself is no name for a tool. */
const renamed = (name: string): string => (name === "finalAnswer" ? "answer" : name);

const declared = read<Declared[]>("twenty-tools.json").map((one) => Object.assign(one, { name: renamed(one.name) }));
const samples = new Map(
  Object.entries(
    read<Record<string, { accepted: Record<string, unknown>[]; output: unknown }>>("twenty-tools-samples.json"),
  ).map(([name, sample]) => [renamed(name), sample]),
);

const tools = declared.map(({ name, description, inputSchema, outputSchema, annotations }) =>
  tool({
    name,
    description,
    input: inputSchema,
    ...(outputSchema !== undefined && { output: outputSchema }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    execute: () => samples.get(name)?.output as never,
  }),
);

const open: AsyncDisposable[] = [];
const back = new Map<string, Awaited<ReturnType<Awaited<ReturnType<typeof toolsFromMcp>>["tools"]>>[number]>();
beforeAll(async () => {
  const server = toMcpServer(tools, { name: "twenty", version: "1.0.0" });
  const { url } = await server.listen();
  const mcp = await toolsFromMcp({ url });
  open.push(mcp, server);
  for (const each of await mcp.tools()) back.set(each.name, each);
});
afterAll(async () => {
  for (const each of open) await each[Symbol.asyncDispose]();
});

describe("the twenty tools, served over MCP and taken back", () => {
  it("are all there", () => {
    expect([...back.keys()]).toEqual(declared.map(({ name }) => name));
  });

  it.each(tools)(
    "$name declares the same, in the same order",
    ({ name, description, inputSchema, outputSchema, annotations }) => {
      const same = back.get(name);
      const declaration = { name, description, inputSchema, outputSchema, annotations };
      const returned = {
        name: same?.name,
        description: same?.description,
        inputSchema: same?.inputSchema,
        outputSchema: same?.outputSchema,
        annotations: same?.annotations,
      };
      expect(JSON.stringify(returned)).toBe(JSON.stringify(declaration));
    },
  );

  it.each(tools)("$name takes its samples, and gives its result", async ({ name }) => {
    for (const input of samples.get(name)?.accepted ?? []) {
      expect(await back.get(name)?.call(input)).toEqual(samples.get(name)?.output);
    }
  });
});

import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { CodeAgent, isMediaRef } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quickjs } from "../sandboxes/quickjs/index.ts";
import type { McpTools } from "./from/mcp-tools.ts";
import { toolsFromMcp } from "./from/tools-from-mcp.ts";

const program = (name: string, ...args: string[]) => ({
  command: process.execPath,
  args: [join(fileURLToPath(new URL("../../node_modules/", import.meta.url)), name), ...args],
});

let mcp: McpTools;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mcp-real-"));
  writeFileSync(join(folder, "eslint.config.js"), 'export default [{ rules: { "no-var": "error" } }];');
  writeFileSync(join(folder, "old.js"), "var a = 1;\n");
  mcp = await toolsFromMcp([
    {
      ...program("@modelcontextprotocol/server-everything/dist/index.js", "stdio"),
      name: "everything",
      env: { A: "b" },
    },
    { ...program("@coo-quack/calc-mcp/dist/index.js"), name: "calc", prefix: "calc_" },
    { ...program("@eslint/mcp/src/mcp-cli.js"), name: "eslint", cwd: folder, rename: { "lint-files": "lint" } },
  ]);
});
afterAll(async () => {
  await mcp[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const call = async (name: string, input: object = {}): Promise<unknown> => {
  const found = (await mcp.tools()).find((tool) => tool.name === name);
  if (!found) throw new Error(`there is no tool ${name}`);
  return found.call(input);
};

describe("servers of three makers together", () => {
  it("have names that do not clash, and none of their tools is refused", async () => {
    const names = (await mcp.tools()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["echo", "get_sum", "calc_math", "calc_base64", "lint"]));
    expect(new Set(names).size).toBe(names.length);
    expect(mcp.refused).toEqual([]);
    expect(mcp.servers).toEqual(["mcp:everything", "mcp:calc", "mcp:eslint"]);
  });

  it("see of the environment what they were given, and what programs need", async () => {
    const seen = JSON.parse(String(await call("get_env"))) as Record<string, string>;
    expect(seen["A"]).toBe("b");
    expect(Object.keys(seen).filter((name) => !/^(A|HOME|LOGNAME|PATH|SHELL|TERM|USER)$/.test(name))).toEqual([]);
  });

  it("calculate, and find what is wrong with a file", async () => {
    expect(String(await call("calc_math", { expression: "6*7" }))).toContain("42");
    expect(JSON.stringify(await call("lint", { filePaths: [join(folder, "old.js")] }))).toContain("no-var");
  });

  it("give values, images, resources and links", async () => {
    expect(await call("get_structured_content", { location: "Chicago" })).toEqual({
      temperature: 36,
      conditions: "Light rain / drizzle",
      humidity: 82,
    });
    const image = ((await call("get_tiny_image")) as unknown[]).find(isMediaRef);
    expect(image?.mediaType).toBe("image/png");
    expect([...((await image?.bytes()) ?? [])].slice(1, 4)).toEqual([80, 78, 71]);
    const resource = (await call("get_resource_reference", { resourceType: "Blob", resourceId: 2 })) as unknown[];
    expect(resource.filter(isMediaRef)).toHaveLength(1);
    const links = (await call("get_resource_links", { count: 2 })) as unknown[];
    expect(links.filter(isMediaRef)).toHaveLength(2);
  });

  it("have resources and prompts", async () => {
    const resources = await mcp.resources();
    expect(resources.filter(({ isTemplate }) => isTemplate)).toHaveLength(2);
    const server = "mcp:everything";
    const [text, file] = await mcp.readResource("demo://resource/dynamic/text/7", { server });
    expect(text).toContain("Resource 7");
    expect(file).toMatchObject({ kind: "file", mediaType: "text/plain", name: "7" });
    await expect(mcp.readResource("demo://nowhere", { server })).rejects.toMatchObject({ code: "TOOL_FAILED" });
    expect(await mcp.getPrompt("args-prompt", { city: "Oslo" }, { server })).toEqual({
      messages: [{ role: "user", content: ["What's weather in Oslo?"] }],
    });
    const prompt = (await mcp.prompts()).find(({ name }) => name === "args-prompt");
    expect(prompt?.arguments.map(({ name, required }) => [name, required])).toEqual([
      ["city", true],
      ["state", false],
    ]);
    await expect(async () => mcp.readResource("x:y")).rejects.toThrow(/Say which server/);
  });
});

describe("an agent", () => {
  it("calls their tools at the same time, from code in a sandbox", async () => {
    const code = `<code>
const [sum, echo, all] = await Promise.all([
  get_sum({ a: 2, b: 3 }),
  echo({ message: "hi" }),
  Promise.all([1, 2, 3].map((n) => calc_base64({ action: "encode", input: "n" + n }))),
]);
finalAnswer([sum, echo, all.map(String).map((text) => text.includes("bj") )]);
</code>`
      .replace("[sum, echo, all]", "[sum, said, all]")
      .replace("[sum, echo, all.map", "[sum, said, all.map");
    await using agent = new CodeAgent({
      model: new ScriptedModel([code]),
      tools: await mcp.tools(),
      sandbox: quickjs(),
    });
    expect(await agent.run("Do it all.")).toEqual(["The sum of 2 and 3 is 5.", "Echo: hi", [true, true, true]]);
  });
});

describe("servers whose tools have one name", () => {
  it("are refused, with the way out", async () => {
    const server = program("@modelcontextprotocol/server-everything/dist/index.js", "stdio");
    const error = await toolsFromMcp([
      { ...server, name: "one" },
      { ...server, name: "two" },
    ]).catch((each: unknown) => each);
    expect(error).toMatchObject({
      code: "SOURCE_TOOL_INVALID",
      message: expect.stringMatching(/mcp:one and mcp:two both have a tool echo: .*prefix/),
    });
  });
});

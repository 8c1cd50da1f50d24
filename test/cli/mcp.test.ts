import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toolsFromMcp } from "@smoltools/adapters/mcp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smoltools, start } from "./run-cli.ts";

const main = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));

const source = `
/**
 * Greets somebody.
 * @param name - Who.
 * @readonly
 */
export function greet(name: string): string {
  console.log("this is no message of the protocol");
  return \`Hello \${name}\`;
}

/** Adds up. @param numbers - What is added. */
export function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-mcp-"));
  await writeFile(join(folder, "tools.ts"), source);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("smoltools mcp", () => {
  it("serves the tools of a file to the client that starts it, and nothing but messages is on its output", async () => {
    await using mcp = await toolsFromMcp({
      command: process.execPath,
      args: ["--conditions=@smoltools/source", main, "mcp", "tools.ts"],
      cwd: folder,
      env: { HF_HOME: join(folder, "home") },
      name: "tools",
    });
    const tools = new Map((await mcp.tools()).map((tool) => [tool.name, tool]));
    expect([...tools.keys()]).toEqual(["greet", "sum"]);
    expect(tools.get("greet")?.outputSchema).toEqual({ type: "string" });
    expect(await tools.get("greet")?.call({ name: "Ada" })).toBe("Hello Ada");
    expect(await tools.get("sum")?.call({ numbers: [1, 2, 3] })).toBe(6);
    await expect(tools.get("sum")?.call({ numbers: "1" })).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
  });

  it("serves over HTTP, with a token where one is set, until it is told to end", async () => {
    const token = "0123456789abcdef";
    const env = { HF_HOME: join(folder, "home"), SMOLTOOLS_MCP_TOKEN: token };
    const child = start(["mcp", "tools.ts", "--http", "0", "--json"], { cwd: folder, env });
    const [chunk] = (await once(child.stdout, "data")) as [Buffer];
    const { url } = JSON.parse(chunk.toString()) as { url: string };
    await expect(toolsFromMcp({ url })).rejects.toMatchObject({ code: "SOURCE_UNAUTHORISED" });
    await using mcp = await toolsFromMcp({ url, headers: { authorization: `Bearer ${token}` } });
    expect(await (await mcp.tools())[0]?.call({ name: "Ada" })).toBe("Hello Ada");
    child.kill("SIGTERM");
    await once(child, "exit");
  });

  it.each([
    [["mcp"], /Name packages to serve/],
    [["mcp", "tools.ts", "--http", "x"], /not a port/],
    [["mcp", "nowhere.ts"], /nowhere\.ts/],
  ])("%j is called wrongly", async (args, message) => {
    const { code, stderr, stdout } = await smoltools(args, { cwd: folder });
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

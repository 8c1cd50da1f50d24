import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { toolsFromLangchain } from "@smoltools/adapters/langchain";
import { processSandbox } from "@smoltools/adapters/sandboxes/process";
import type { Tool } from "@smoltools/core";
import { loadPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { compiledCode } from "./compiled-code.ts";
import { smoltoolsHere } from "./run-here.ts";

/** Tools of a user's, with a schema of each kind that LangChain takes. */
const own = `import { tool } from "@langchain/core/tools";
import { z } from "zod";
import { z as z3 } from "zod/v3";
import { rain } from "./rain.ts";

console.log("what a module prints is no answer");

const weather = tool(async ({ city, days }: { city: string; days: number }) => rain(city, days), {
  name: "weather-now",
  description: "Tells the weather.",
  schema: z.object({ city: z.string().describe("Its name."), days: z.int().min(1).max(9).default(1) }),
});
const halve = tool(async ({ n }: { n: number }) => n / 2, {
  name: "halve",
  description: "Halves.",
  schema: z3.object({ n: z3.number().refine((n) => n % 2 === 0, "must be even") }),
});
const echo = tool(async (input: object) => ["said", { input }], {
  name: "echo",
  description: "Says what it hears.",
  schema: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
  responseFormat: "content_and_artifact",
});
const picture = tool(async () => [{ type: "image_url", image_url: "data:image/png;base64,iVBORw0KGgo=" }], {
  name: "picture",
  description: "Draws.",
  schema: z.object({}),
});
const dated = tool(async () => "", { name: "dated", description: "Dates.", schema: z.object({ at: z.date() }) });

export const all = [weather, halve, echo, picture, dated];
export const nothing = { tools: 1 };
export class Keyed {
  constructor({ key }: { key?: string }) {
    if (!key) throw new Error("it wants a key");
    return tool(async () => \`with \${key}\`, { name: "keyed", description: "Has a key.", schema: z.object({}) });
  }
}
`;

const modules = fileURLToPath(new URL("../../packages/adapters/node_modules/", import.meta.url));
const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "", "http://localhost");
  const answer = searchParams.has("srsearch")
    ? { query: { search: [{ title: "Bern" }] } }
    : { query: { pages: { 1: { extract: "Bern is the capital of Switzerland." } } } };
  response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
});
let host = "";
let hub: Awaited<ReturnType<typeof testHub>>;
let env: Record<string, string>;
const run = (...args: string[]) => smoltoolsHere(args, { cwd: hub.folder, env });
const options = (more = {}) => hub.options({ permissions: "declared", runtimes: { node: processSandbox() }, ...more });

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  hub = await testHub();
  env = {
    HF_ENDPOINT: hub.server.url,
    HF_TOKEN: writeToken,
    HF_HOME: join(hub.folder, "home"),
    HOME: hub.folder,
    PATH: process.env["PATH"] ?? "",
    // Each module is loaded by a process of its own.
    ...compiledCode,
  };
  await writeFile(join(hub.folder, "own.ts"), own);
  await writeFile(
    join(hub.folder, "rain.ts"),
    "export const rain = (city: string, days: number) => `${city}: ${days} days of rain`;\n",
  );
  await mkdir(join(hub.folder, "node_modules"));
  for (const name of ["@langchain", "zod"]) await symlink(join(modules, name), join(hub.folder, "node_modules", name));
});

afterAll(async () => {
  server.close();
  await hub[Symbol.asyncDispose]();
});

const declared = (tools: readonly Tool[]) =>
  tools.map(({ name, description, inputSchema, outputSchema, annotations }) => {
    return { name, description, inputSchema, outputSchema, annotations };
  });

describe("tools of LangChain in a file of one's own", () => {
  it("become a package that declares the same, and does the same", { timeout: 60_000 }, async () => {
    const made = await run("convert", "langchain", "./own.ts#all", "--out", "own", "--name", "acme/own", "--json");
    expect(JSON.parse(made.stdout)).toMatchObject({
      tools: ["weather_now", "halve", "echo", "picture"],
      source: { kind: "langchain", module: "./own.ts", export: "all" },
      warnings: [expect.stringContaining('"dated" cannot be used'), expect.stringContaining("Which hosts")],
    });
    const pushed = await run("push", "own/src/tools.js", "acme/own", "--yes");
    expect(pushed).toMatchObject({ code: 0 });
    await using loaded = await loadPackage("acme/own@0.1.0", options());
    const { all } = (await import(pathToFileURL(join(hub.folder, "own.ts")).href)) as {
      all: Parameters<typeof toolsFromLangchain>[0];
    };
    const before = await toolsFromLangchain(all, { onUnusable: () => undefined });
    expect(declared(loaded.tools)).toEqual(declared(before));
    const [weather, halve, echo, picture] = loaded.tools;
    expect(await weather?.call({ city: "Bern" })).toBe("Bern: 1 days of rain");
    expect(await halve?.call({ n: 8 })).toBe(4);
    await expect(halve?.call({ n: 7 })).rejects.toThrow("must be even");
    expect(await echo?.call({ text: "hi" })).toEqual({ content: "said", artifact: { input: { text: "hi" } } });
    expect(await picture?.call({})).toMatchObject({ kind: "image", mediaType: "image/png" });
  });

  it(
    "that are made by a class get what --options says, and secrets from variables only",
    { timeout: 60_000 },
    async () => {
      const args = [
        "./own.ts#Keyed",
        "--options",
        '{"key":"process.env.MY_KEY"}',
        "--out",
        "keyed",
        "--name",
        "acme/keyed",
      ];
      expect(await run("convert", "langchain", ...args)).toMatchObject({ code: 0 });
      const text = await readFile(join(hub.folder, "keyed/src/tools.js"), "utf8");
      expect(text).toContain("new Keyed({ key: process.env.MY_KEY })");
      expect(text).toContain('permissions: ["env MY_KEY"]');
      expect(await run("push", "keyed/src/tools.js", "acme/keyed", "--yes")).toMatchObject({ code: 0 });
      await using loaded = await loadPackage("acme/keyed@0.1.0", options({ env: { MY_KEY: "a-key" } }));
      expect(await loaded.tools[0]?.call({})).toBe("with a-key");
    },
  );
});

describe("a tool of @langchain/community", () => {
  it("that calculates becomes a package", { timeout: 60_000 }, async () => {
    const args = ["@langchain/community/tools/calculator", "--name", "acme/calculator", "--json"];
    const made = JSON.parse((await run("convert", "langchain", ...args)).stdout) as object;
    expect(made).toMatchObject({
      folder: "calculator",
      source: { export: "Calculator", package: { name: "@langchain/community" } },
    });
    expect((await run("run", "calculator", "--input", '{"input":"2 * (20 + 1)"}')).stdout).toBe("42\n");
  });

  it("that asks Wikipedia becomes a package, which asks it where it is permitted", { timeout: 60_000 }, async () => {
    const baseUrl = `http://${host}/api.php`;
    const module = "@langchain/community/tools/wikipedia_query_run#WikipediaQueryRun";
    const args = [module, "--options", JSON.stringify({ baseUrl, topKResults: 1 }), "--name", "acme/wikipedia"];
    expect(await run("convert", "langchain", ...args)).toMatchObject({ code: 0 });
    const definitions = join(hub.folder, "wikipedia/src/tools.js");
    const text = await readFile(definitions, "utf8");
    await writeFile(definitions, text.replace("  frozen:", `  permissions: ["net ${host}"],\n  frozen:`));
    expect(await run("push", "wikipedia/src/tools.js", "acme/wikipedia", "--yes")).toMatchObject({ code: 0 });
    await using loaded = await loadPackage("acme/wikipedia@0.1.0", options());
    expect(loaded.manifest).toMatchObject({ runtime: "node", permissions: { net: [host] } });
    expect(await loaded.tools[0]?.call({ input: "Bern" })).toContain("Bern is the capital of Switzerland.");
  });
});

it("a file is imported from the folder that is named as the package, where nobody names another", async () => {
  expect(await run("convert", "langchain", "./own.ts#all", "--name", "acme/named")).toMatchObject({ code: 0 });
  const definitions = await readFile(join(hub.folder, "named", "src", "tools.js"), "utf8");
  expect(definitions).toContain('import { all } from "../../own.ts";');
});

describe("smoltools convert langchain refuses", () => {
  it.each<[what: string, args: string[], code: string, message: RegExp]>([
    ["a file that is not there", ["./nope.ts", "--out", "a"], "CONVERT_SOURCE_UNREACHABLE", /nope\.ts cannot be read/],
    ["a package that is not installed", ["@acme/nope"], "CONVERT_SOURCE_UNREACHABLE", /is installed here/],
    [
      "an export that is not there",
      ["./own.ts#al", "--out", "a"],
      "CONVERT_SOURCE_INVALID",
      /no export al\. Did you mean all\?/,
    ],
    [
      "an export that is none",
      ["./own.ts#nothing", "--out", "a"],
      "CONVERT_NO_TOOLS",
      /it is no tool, list of tools or toolkit/,
    ],
    [
      "a class without what it wants",
      ["./own.ts#Keyed", "--options", "{}", "--out", "a"],
      "CONVERT_SOURCE_INVALID",
      /it wants a key/,
    ],
    [
      "a tool that is not there",
      ["./own.ts#all", "--out", "a", "--tools", "halves"],
      "CONVERT_TOOL_UNKNOWN",
      /Did you mean halve\?/,
    ],
    ["options that are no JSON", ["./own.ts#all", "--out", "a", "--options", "{"], "USAGE", /--options is no JSON/],
    ["no module", ["#all"], "USAGE", /names no module/],
  ])("%s", async (_what, args, code, message) => {
    const { stdout } = await run("convert", "langchain", ...args, "--yes", "--json");
    expect((JSON.parse(stdout) as { error: object }).error).toEqual(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

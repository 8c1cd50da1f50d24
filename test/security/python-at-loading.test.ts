import { existsSync } from "node:fs";
import { join } from "node:path";
import { commit, createRepo } from "@huggingface/hub";
import { smolagentsTools } from "@smoltools/adapters/sandboxes/python";
import { type LoadOptions, loadTool } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub, writeToken } from "../flows/hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

const tool = `
from smolagents import Tool
class Act(Tool):
    name = "act"
    description = "Acts."
    inputs = {}
    output_type = "any"
    found = None
    def forward(self): return self.found
`;

async function load(name: string, source: string, more: Partial<LoadOptions> = {}) {
  const repo = { type: "space", name: `acme/${name}` } as const;
  const auth = { hubUrl: hub.server.url, accessToken: writeToken };
  await createRepo({ repo, ...auth });
  const operations = [{ operation: "addOrUpdate" as const, path: "tool.py", content: new Blob([source]) }];
  await commit({ repo, title: "Upload tool", operations, ...auth });
  return loadTool(`acme/${name}@main`, hub.coldOptions({ runtimes: { python: smolagentsTools() }, ...more }));
}

describe("a file of Python that acts when it is loaded", () => {
  it("writes nothing on this machine", async () => {
    const mark = join(hub.folder, "mark");
    const source = `import os\nos.makedirs(${JSON.stringify(hub.folder)}, exist_ok=True)\nopen(${JSON.stringify(mark)}, "w").write("x")\n`;
    await load("writes", source + tool).then(
      (loaded) => loaded[Symbol.asyncDispose](),
      () => {},
    );
    expect(existsSync(mark)).toBe(false);
  });

  it.each([
    ["variables", `dict(__import__("os").environ).get("SECRET_OF_TEST")`, null],
    ["files", `__import__("os").path.exists(${JSON.stringify(import.meta.filename)})`, false],
    [
      "processes",
      `[p for p in __import__("os").listdir("/") if p == "proc" and __import__("os").listdir("/proc")]`,
      [],
    ],
  ])("finds no %s of this machine", async (what, expression, nothing) => {
    const env = { SECRET_OF_TEST: "secret" };
    await using loaded = await load(`finds-${what}`, tool.replace("found = None", `found = ${expression}`), { env });
    expect(await loaded.call({})).toEqual(nothing);
  });

  it("reaches no host, nor this machine", async () => {
    const { port } = new URL(hub.server.url);
    const source = `import socket\nsocket.create_connection(("127.0.0.1", ${port}), timeout=2)\n`;
    await expect(load("connects", source + tool)).rejects.toMatchObject({ code: "TOOL_FILE_INVALID" });
  });

  it.each([
    ["for ever", "while True: pass"],
    ["into all memory", "x = []\nwhile True: x.append(bytearray(10**7))"],
    ["and ends its process", "import os; os._exit(0)"],
    ["and claims what is no declaration", 'import smolagents.tool_file as t\nt.load_all = lambda *a: "evil"\n'],
  ])("runs %s, and is refused", async (what, source) => {
    const name = `runs-${what.replace(/\W+/g, "-")}`;
    const loaded = load(name, `${source}\n`, { limits: { timeoutMs: 1000 } });
    await expect(loaded).rejects.toMatchObject({ code: "TOOL_FILE_INVALID" });
  });

  it("declares an input called __proto__, which stays a name or is gone", async () => {
    const inputs = `{"__proto__": {"type": "string", "description": "x"}}`;
    const odd = tool.replace("inputs = {}", `inputs = ${inputs}`).replace("(self)", "(self, __proto__)");
    await using loaded = await load("odd", odd);
    expect(Object.getPrototypeOf(loaded.inputSchema.properties)).toBe(Object.prototype);
  });

  it.each(["constructor.prototype", "__proto__.x", "class"])(
    "declares a tool called %s, and is refused",
    async (name) => {
      const loaded = load(`named-${name.replace(/[^a-z]+/g, "")}`, tool.replace('"act"', JSON.stringify(name)));
      await expect(loaded).rejects.toMatchObject({ code: "TOOL_FILE_INVALID" });
    },
  );
});

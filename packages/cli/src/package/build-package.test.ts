import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SandboxError, type SandboxProvider } from "@smoltools/core";
import { hubDefaults } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPackage } from "./build-package.ts";
import type { TryOutOptions } from "./try-out.ts";

const tool = (imports: string, body: string): string => `${imports}
/**
 * Do something.
 * @param text - The text.
 * @returns The result.
 */
export function act(text: string): string {
  return ${body};
}
`;
const words = `# @permission net api.example.com
# @permission fly moon
from smolagents import Tool
import requests

class Words(Tool):
    name = "words"
    description = "Counts words."
    inputs = {"text": {"type": "string", "description": "the text"}}
    output_type = "integer"
    def forward(self, text): return len(text.split())
`;

const { sandbox, runtimes = {} } = hubDefaults({}, {});
const places: TryOutOptions = { sandbox, runtimes };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-build-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function build(name: string, source: string, options: Partial<TryOutOptions> = {}) {
  const file = join(folder, name);
  await writeFile(file, source);
  return buildPackage(file, { name: "acme/act", version: "1.0.0", ...places, ...options });
}

describe("a package that is built", () => {
  it("needs a JavaScript engine alone where its bundle loads in one", async () => {
    const { packed } = await build("plain.ts", tool("", "text.trim()"));
    expect(packed.manifest.runtime).toBe("js");
  });

  it("needs Node.js where its bundle imports its modules", async () => {
    const { packed } = await build("node.ts", tool('import { hostname } from "node:os";', "text + hostname()"));
    expect(packed.manifest.runtime).toBe("node");
  });

  it("needs Node.js where its bundle loads nowhere else", async () => {
    const { packed } = await build("global.ts", tool("const { pid } = process;", "text + pid"));
    expect(packed.manifest.runtime).toBe("node");
  });

  it("is refused where its bundle loads nowhere, with what it says where it was to run", async () => {
    const broken = build("broken.ts", tool('throw new Error("at its loading");', "text"));
    await expect(broken).rejects.toMatchObject({
      code: "RUNTIME_UNSUPPORTED",
      message: expect.stringMatching(/in the quickjs sandbox.*at its loading/),
    });
  });

  it("is refused where it needs Node.js and no sandbox with it can be had, with what to install", async () => {
    const missing: SandboxProvider = {
      name: "process",
      language: "javascript",
      create: () =>
        Promise.reject(
          new SandboxError("Install bubblewrap", { code: "SANDBOX_UNAVAILABLE", data: { sandbox: "process" } }),
        ),
    };
    const source = tool('import { hostname } from "node:os";', "text + hostname()");
    await expect(build("none.ts", source, { runtimes: { node: missing } })).rejects.toMatchObject({
      code: "RUNTIME_UNSUPPORTED",
      message: expect.stringMatching(/it imports node:os.*Install bubblewrap/),
    });
    await expect(build("none.ts", source, { runtimes: {} })).rejects.toMatchObject({ code: "RUNTIME_UNSUPPORTED" });
  });

  it("of a file of Python has it as it is, with what its comments say of permissions", async () => {
    const { packed } = await build("words.py", words);
    expect(Buffer.from(packed.files.get("tool.py") ?? []).toString()).toBe(words);
    expect(packed.manifest).toMatchObject({
      runtime: "python",
      permissions: { net: ["api.example.com"], read: [] },
      tools: [{ name: "words", outputSchema: { type: "integer" } }],
    });
  });

  it.each([
    ["needs what is not there", "import bs4", "No module named 'bs4'"],
    ["is no Python", "def f(:", "SyntaxError"],
    ["holds a tool whose settings nobody can give (case 80)", `${words}    def __init__(self, key): pass`, "'key'"],
  ])("is refused where a file of Python %s", async (_what, source, message) => {
    await expect(build("bad.py", source)).rejects.toMatchObject({
      code: "TOOL_FILE_INVALID",
      message: expect.stringContaining(message),
    });
  });

  it("is refused where there is no such file of Python, or no sandbox for it", async () => {
    const nowhere = buildPackage(join(folder, "nowhere.py"), { name: "acme/act", ...places });
    await expect(nowhere).rejects.toMatchObject({ code: "TOOL_FILE_INVALID" });
    await expect(build("words.py", words, { runtimes: {} })).rejects.toMatchObject({ code: "RUNTIME_UNSUPPORTED" });
  });
});

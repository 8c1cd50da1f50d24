import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readManifest } from "../integrity/read-manifest.ts";
import { packPackage, type PackInput } from "./pack-package.ts";

const number = { type: "number" } as const;
const tool = (name: string) => ({
  name,
  description: `Does <b>"${name}"</b>.`,
  inputSchema: { type: "object" as const, properties: { n: number }, additionalProperties: false },
});
const input: PackInput = {
  name: "acme/act",
  version: "1.0.0",
  description: "Acts, in a way that takes rather more words than fit on the card of a Space.",
  license: "MIT",
  keywords: ["acting"],
  tools: [tool("act")],
  runtime: "js",
  code: "export const tools = {};\n",
  sources: { "act.ts": "1" },
};

function textOf(more: Partial<PackInput>, path: string): string {
  return Buffer.from(packPackage({ ...input, ...more }).files.get(path) ?? []).toString();
}

function cardOf(more: Partial<PackInput> = {}): Record<string, unknown> {
  return parse(textOf(more, "README.md").split("---\n")[1] ?? "") as Record<string, unknown>;
}

describe("a package", () => {
  it("has everything that its readers need, all of it in the manifest", () => {
    const { files, manifest } = packPackage(input);
    const paths = ["README.md", "app.py", "dist/tool.mjs", "index.html", "requirements.txt", "src/act.ts", "tool.py"];
    expect(Object.keys(manifest.files)).toEqual(paths);
    expect([...files.keys()]).toEqual(["tool.json", ...paths]);
  });

  it("that was converted says of what, in a way that nobody can change", () => {
    const source = { kind: "openapi", title: "Pets `1`", version: "1.2", sha256: "a".repeat(64) } as const;
    const packed = packPackage({ ...input, source });
    expect(packed.manifest.source).toEqual(source);
    expect(textOf({ source }, "README.md")).toContain("Converted from `the OpenAPI document Pets '1' 1.2`.");
    const forged = JSON.stringify({ ...packed.manifest, source: { ...source, title: "Dogs" } });
    expect(() => readManifest(Buffer.from(forged), "here")).toThrow(
      expect.objectContaining({ code: "INTEGRITY_MISMATCH" }),
    );
  });

  it("that was converted from a program does not let its code start programs in Python", () => {
    const source = { kind: "mcp", command: "npx", args: ["-y", "x@1.0.0"], env: [], server: { name: "x", version: "" } } as const; // prettier-ignore
    const more = { source: { ...source, args: [...source.args], env: [] }, permissions: { run: ["npx -y x@1.0.0", "git"] } }; // prettier-ignore
    expect(packPackage({ ...input, ...more }).manifest.permissions.run).toEqual(["git", "npx -y x@1.0.0"]);
    expect(textOf(more, "tool.py")).toContain('\\"run\\":[\\"git\\"]');
  });

  it("of the same input has the same bytes", () => {
    const [first, second] = [packPackage(input), packPackage(structuredClone(input))];
    expect([...second.files]).toEqual([...first.files]);
  });

  it("of several tools has a tool.py for each, and the first one at its root", () => {
    const { manifest } = packPackage({ ...input, tools: [tool("zoom"), tool("act")] });
    expect(Object.keys(manifest.files)).toEqual(expect.arrayContaining(["tools/act/tool.py", "tools/zoom/tool.py"]));
    expect(textOf({ tools: [tool("zoom"), tool("act")] }, "tool.py")).toContain("class ZoomTool(Tool):");
  });

  it("of tools whose names are one on some file systems, or none on others, has a folder for each all the same", () => {
    const { manifest } = packPackage({ ...input, tools: [tool("Act"), tool("act"), tool("con")] });
    const folders = Object.keys(manifest.files).filter((path) => path.startsWith("tools/"));
    expect(folders).toEqual(["tools/Act/tool.py", "tools/act_/tool.py", "tools/con_/tool.py"]);
  });

  it("is a page on the Hub, which smolagents knows as a tool", () => {
    expect(cardOf()).toEqual({
      title: "act",
      emoji: "🔧",
      colorFrom: "blue",
      colorTo: "green",
      sdk: "static",
      app_file: "index.html",
      pinned: false,
      short_description: "Acts, in a way that takes rather more words than fit on the…",
      license: "mit",
      tags: ["smolagents", "tool", "smoltools", "acting"],
    });
    expect(String(cardOf()["short_description"]).length).toBeLessThanOrEqual(60);
  });

  it("is a Gradio app where its author wants one, and then an MCP server", () => {
    expect(cardOf({ sdk: "gradio" })).toMatchObject({
      sdk: "gradio",
      app_file: "app.py",
      sdk_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      tags: ["smolagents", "tool", "smoltools", "mcp-server", "acting"],
    });
    expect(Object.keys(packPackage({ ...input, sdk: "gradio" }).manifest.files)).not.toContain("index.html");
  });

  it("keeps what the author wrote, from version to version", () => {
    const first = textOf({ readme: "---\ntitle: Mine\ntags: [x]\n---\n# Hello\n\nWords." }, "README.md");
    const second = textOf({ readme: first, version: "1.1.0" }, "README.md");
    expect(second.match(/# Hello\n\nWords\./g)).toHaveLength(1);
    expect(cardOf({ readme: first })).toMatchObject({
      title: "Mine",
      tags: ["smolagents", "tool", "smoltools", "acting"],
    });
    expect(second).toContain("acme/act@^1.1.0");
    expect(second).not.toContain("acme/act@^1.0.0");
  });

  it("has a page without scripts, on which whatever the package says is text", () => {
    const page = textOf({ description: '<script>alert(1)</script>\' & "x"\u0000' }, "index.html");
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&#39; &amp; &quot;x&quot;");
    expect(page).toContain("Does &lt;b&gt;&quot;act&quot;&lt;/b&gt;.");
    expect(page).not.toMatch(/<script|<b>|\bon\w+=|javascript:/);
    expect(page.match(/<[a-z][^>]*>/g)?.filter((tag) => /\b(?:src|href)=/.test(tag))).toEqual([]);
  });

  it("of Python has the file as it was, and what it needs", () => {
    const source = Buffer.from('class T: """\r\n\tü"""\r\n');
    const { files, manifest } = packPackage({
      ...input,
      runtime: "python",
      code: source,
      requirements: "smolagents\r\nbeautifulsoup4==4.12\n",
      sources: {},
    });
    expect(manifest).toMatchObject({ runtime: "python", entry: "tool.py" });
    expect(Buffer.from(files.get("tool.py") ?? []).equals(source)).toBe(true);
    expect(String(files.get("requirements.txt"))).toBe("beautifulsoup4==4.12\ngradio[mcp]\nsmolagents\n");
    expect(Object.keys(manifest.files)).toEqual(["README.md", "app.py", "index.html", "requirements.txt", "tool.py"]);
  });
});

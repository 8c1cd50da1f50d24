import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { packPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
let mark: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-text-"));
  mark = join(folder, "mark");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Texts that get out of texts, if anybody lets them. */
const attacks = (): string[] => {
  const run = `open(${JSON.stringify(mark)}, "w").write("x")`;
  return [
    `"; ${run}; "`,
    `""" + str(${run}) + """`,
    `'''\n${run}\n'''`,
    `\\"; ${run} #`,
    `\n${run}\n`,
    `\r${run}\r`,
    `\u2028${run}\u0085${run}`,
    `{${run}} %(x)s \${${run}}`,
    `\\N{LATIN SMALL LETTER A} \\x22; ${run} #`,
    `</code></pre><script>alert(1)</script>`,
    `--- \n sdk: docker\n---`,
    "```\n<!-- end of author's text -->",
  ];
};

/** A package in which every text of the author's is an attack. */
function hostilePackage(attack: string) {
  const schema = { type: "string" as const, description: attack, enum: [attack, "x"], default: attack };
  return packPackage({
    name: "acme/evil",
    version: "1.0.0",
    description: attack,
    license: attack,
    keywords: [attack],
    tools: [
      {
        name: "act",
        description: attack,
        inputSchema: { type: "object", properties: { [attack]: schema, plain: schema }, additionalProperties: false },
        outputSchema: { type: "object", description: attack, properties: { [attack]: schema } },
      },
    ],
    runtime: "js",
    code: "export const tools = {};\n",
    sources: {},
    readme: attack,
  });
}

describe("a text of an author that wants to be code", () => {
  it("stays a text in the files for Python", async () => {
    const paths = await Promise.all(
      attacks().map(async (attack, i) => {
        const path = join(folder, `tool_${i}.py`);
        await writeFile(path, hostilePackage(attack).files.get("tool.py") ?? "");
        return path;
      }),
    );
    // Loaded and made, as load_tool does: the descriptions are the attacks, and nothing else has happened.
    const program = `
import json, runpy, sys
found = []
for path in sys.argv[1:]:
    (cls,) = [v for k, v in runpy.run_path(path).items() if isinstance(v, type) and k.endswith("Tool") and k != "Tool"]
    found.append(cls().inputs["plain"]["description"])
print(json.dumps(found))`;
    const { stdout } = await promisify(execFile)("python3", ["-c", program, ...paths]);
    const told = JSON.parse(stdout) as string[];
    expect(told.map((text, i) => text.includes(attacks()[i]?.trim().slice(0, 20) ?? "?"))).toEqual(
      told.map(() => true),
    );
    expect(existsSync(mark)).toBe(false);
  });

  it("stays a text on the page, and in the card", () => {
    for (const attack of attacks()) {
      const { files } = hostilePackage(attack);
      expect(String(files.get("index.html"))).not.toMatch(/<script/);
      const [, card = ""] = Buffer.from(files.get("README.md") ?? [])
        .toString()
        .split(/^---$/m);
      expect(card).toMatch(/^sdk: static$/m);
      expect(card).not.toMatch(/^\s*sdk: docker/m);
    }
  });

  it("changes nothing in the app, which is the same for all packages", () => {
    const apps = attacks().map((attack) => Buffer.from(hostilePackage(attack).files.get("app.py") ?? []).toString());
    expect(new Set(apps).size).toBe(1);
  });

  it("is not a path", async () => {
    const { files } = hostilePackage(attacks()[0] ?? "");
    const place = join(folder, "package");
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(place, path)), { recursive: true });
      await writeFile(join(place, path), bytes);
    }
    const paths = ["README.md", "app.py", "dist/tool.mjs", "index.html", "requirements.txt", "tool.json", "tool.py"];
    expect([...files.keys()].sort()).toEqual(paths);
  });
});

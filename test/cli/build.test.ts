import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HubClient } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { smoltoolsHere } from "./run-here.ts";

const source = (word: string, type = "string") => `/**
 * Greet a person.
 * @param name - Of the person.
 * @returns The greeting.
 * @example
 * greet("Ada") // => "${word} Ada"
 */
export function greet(name: ${type}): string {
  return \`${word} \${name}\`;
}
`;

let hub: Awaited<ReturnType<typeof testHub>>;
let env: Record<string, string>;
let project: string;
let out: string;
beforeAll(async () => {
  hub = await testHub();
  env = { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "home"), HOME: hub.folder };
  project = join(hub.folder, "greet");
  out = join(hub.folder, "package");
  await mkdir(project);
  await writeFile(join(project, "greet.ts"), source("Hello"));
  await writeFile(join(project, "README.md"), "# Greet\n");
  await writeFile(join(project, "CHANGELOG.md"), "## 1.0.0\n\n- greets\n");
  await writeFile(
    join(project, "package.json"),
    '{"version":"1.0.0","license":"MIT","smoltools":{"name":"acme/greet"}}',
  );
});
afterAll(() => hub[Symbol.asyncDispose]());

const build = (...args: string[]) => smoltoolsHere(["build", project, ...args], { env });

describe("smoltools build", () => {
  it("writes every byte that push publishes", async () => {
    expect((await build("--out", out)).stdout).toContain(`built acme/greet 1.0.0 in ${out}\n`);
    await smoltoolsHere(["push", join(project, "greet.ts"), "acme/greet"], { env });
    const client = new HubClient({ hubUrl: hub.server.url });
    const repo = { repoType: "space", repo: "acme/greet" } as const;
    const tree = (await client.tree(repo, "v1.0.0")).filter(({ path }) => path !== ".gitattributes");
    const built = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const paths = built.map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1));
    expect(paths.sort()).toEqual(tree.map(({ path }) => path).sort());
    for (const path of paths) {
      const { bytes } = await client.file(repo, "v1.0.0", path, 1e6);
      expect(Buffer.from(bytes).equals(await readFile(join(out, path)))).toBe(true);
    }
    const { tools, notes } = JSON.parse(await readFile(join(out, "tool.json"), "utf8")) as {
      tools: object[];
      notes: string;
    };
    expect(tools).toMatchObject([{ examples: [{ input: { name: "Ada" }, output: "Hello Ada" }] }]);
    expect(notes).toBe("- greets");
  });

  it("replaces a package that it has written, and leaves nothing else behind", async () => {
    await build("--out", out);
    const { stdout } = await build("--out", out, "--version", "1.1.0", "--json");
    const { version } = JSON.parse(await readFile(join(out, "tool.json"), "utf8")) as { version: string };
    expect([version, JSON.parse(stdout)]).toMatchObject([
      "1.1.0",
      { name: "acme/greet", version: "1.1.0", folder: out },
    ]);
    expect((await readdir(hub.folder)).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("overwrites nothing else", async () => {
    const folder = join(hub.folder, "mine");
    await mkdir(folder);
    await writeFile(join(folder, "thesis.txt"), "mine");
    await symlink(folder, join(hub.folder, "link"));
    for (const target of [folder, join(hub.folder, "link"), join(folder, "thesis.txt")]) {
      const { code, stderr } = await build("--out", target);
      expect([code, stderr]).toEqual([1, expect.stringContaining("PROJECT_FOLDER_TAKEN")]);
    }
    expect(await readdir(folder)).toEqual(["thesis.txt"]);
  });

  it.each<[string, string[], number, RegExp]>([
    ["no folder to write", [], 2, /--out package/],
    ["a folder that cannot be written", ["--out", "/sys/package"], 1, /\/sys\//],
    ["a name that is none", ["--out", "x", "--name", "greet"], 1, /REF_INVALID/],
    ["a version that is none", ["--out", "x", "--version", "1"], 1, /VERSION_INVALID/],
    ["a kind of Space that there is not", ["--out", "x", "--sdk", "docker"], 2, /static, gradio/],
  ])("refuses %s", async (_title, args, code, message) => {
    const result = await build(...args);
    expect([result.code, result.stderr]).toEqual([code, expect.stringMatching(message)]);
  });

  it("asks for a name where nothing says one", async () => {
    await writeFile(join(hub.folder, "alone.ts"), source("Hi"));
    const { code, stderr } = await smoltoolsHere(["build", join(hub.folder, "alone.ts"), "--out", "x"], { env });
    expect([code, stderr]).toEqual([2, expect.stringContaining("--name owner/name")]);
  });
});

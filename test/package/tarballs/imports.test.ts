import { existsSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { packedFiles } from "../../../scripts/release/packed-files.ts";
import { specifierOf } from "../../../scripts/release/workspace-packages.ts";
import { nodeVersions } from "./consumers.ts";
import { type ReadmeProgram, readmePrograms } from "./readme-programs.ts";

const { packed, umbrella, everything, nodes } = inject("consumers");
const isCli = (name: string): boolean => name === "@smoltools/cli";
const library = packed.filter(({ name }) => !isCli(name));
const specifiers = library.flatMap(({ name, subpaths }) => subpaths.map((subpath) => specifierOf(name, subpath)));

interface Imported {
  specifier: string;
  names: number;
  changed: string[];
}

/** Written once: the versions of Node.js run them at the same time. */
let programs: ReadmeProgram[];
beforeAll(async () => {
  programs = await readmePrograms(packed, (name) => (isCli(name) ? everything : umbrella));
});

/** Runs a program of a project with nothing of this environment. */
async function execute(version: string, project: string, args: string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: project };
  return await promisify(execFile)(nodes[version] ?? "", args, { cwd: project, env });
}

describe.concurrent.each(nodeVersions)("on Node.js %s", (version) => {
  it("every import of the umbrella works without the optional libraries, and changes nothing else", async () => {
    const program = join(umbrella, `import-all-${version}.mjs`);
    await copyFile(new URL("programs/import-all.mjs", import.meta.url), program);
    const { stdout, stderr } = await execute(version, umbrella, [program, ...specifiers]);
    const imported = JSON.parse(stdout) as Imported[];
    expect(stderr).toBe("");
    expect(imported.map(({ specifier }) => specifier)).toEqual(specifiers);
    expect(imported.filter(({ names, changed }) => names === 0 || changed.length > 0)).toEqual([]);
  });

  it("the program of each package's page prints what the page says", async () => {
    expect(programs.map(({ name }) => name)).toEqual(packed.map(({ name }) => name));
    for (const { project, path, output } of programs) {
      expect(await execute(version, project, [path])).toEqual({ stdout: output, stderr: "" });
    }
  });
});

it("the sandboxes that need a newer Node.js than 20 say so there", async () => {
  const program = join(umbrella, "old-node.mjs");
  const names = { process: "processSandbox", "unsafe-in-process": "unsafeInProcess" };
  const tries = Object.entries(names).map(
    ([subpath, name]) => `import { ${name} } from "@smoltools/adapters/sandboxes/${subpath}";
      await ${name}().create().catch((error) => console.log(error.code, error.message));`,
  );
  await writeFile(program, tries.join("\n"));
  const { stdout } = await execute(nodeVersions[0], umbrella, [program]);
  const lines = stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^SANDBOX_UNAVAILABLE .*Node\.js 22\.15 or later.* runs on 20\.19\.0/);
});

it("none of the optional libraries is installed with the umbrella", async () => {
  const manifests = await Promise.all(library.map(async (one) => (await packedFiles(one)).manifest));
  const optional = manifests.flatMap(({ peerDependencies = {} }) => Object.keys(peerDependencies as object));
  expect(optional.length).toBeGreaterThan(10);
  expect(optional.filter((name) => existsSync(join(umbrella, "node_modules", name)))).toEqual([]);
});

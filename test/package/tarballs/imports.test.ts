import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
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

  it("code runs in a process and in a thread of that version, with modules that import each other", async () => {
    const program = join(umbrella, `code-sandboxes-${version}.mjs`);
    await copyFile(new URL("programs/code-sandboxes.mjs", import.meta.url), program);
    const { stdout, stderr } = await execute(version, umbrella, [program]);
    const refusal = 'cannot import "other": there are Node\'s own modules and those given to the sandbox ("a", "b")';
    const lines = (name: string) => ["40y", "40y40ystring", "3", refusal].map((text) => `${name} ${text}\n`).join("");
    expect({ stdout, stderr }).toEqual({ stdout: lines("process") + lines("unsafe-in-process"), stderr: "" });
  });

  it("the program of each package's page prints what the page says", async () => {
    expect(programs.map(({ name }) => name)).toEqual(packed.map(({ name }) => name));
    for (const { project, path, output } of programs) {
      expect(await execute(version, project, [path])).toEqual({ stdout: output, stderr: "" });
    }
  });
});

it("none of the optional libraries is installed with the umbrella", async () => {
  const manifests = await Promise.all(library.map(async (one) => (await packedFiles(one)).manifest));
  const optional = manifests.flatMap(({ peerDependencies = {} }) => Object.keys(peerDependencies as object));
  expect(optional.length).toBeGreaterThan(10);
  expect(optional.filter((name) => existsSync(join(umbrella, "node_modules", name)))).toEqual([]);
});

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packPackages } from "../../../scripts/release/pack-packages.ts";
import { run } from "../../../scripts/release/run.ts";
import { type Consumers, nodeVersions } from "./consumers.ts";

let folder: string | undefined;

/** Packs the packages and installs them in new projects, once for all test files. */
export async function setup(project: TestProject): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), "smoltools-tarballs-"));
  try {
    project.provide("consumers", await makeConsumers(folder));
  } catch (error) {
    await teardown();
    throw error;
  }
}

export async function teardown(): Promise<void> {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
}

async function makeConsumers(root: string): Promise<Consumers> {
  // One after another, beside the compiler: each unpacks 100 MB.
  const [packed, nodes] = await Promise.all([packPackages(join(root, "tarballs")), installNodes(root)]);
  const tarballs = (isWanted: (name: string) => boolean) =>
    packed.filter(({ name }) => isWanted(name)).map(({ tarball }) => tarball);
  const [umbrella, everything] = await Promise.all([
    install(
      join(root, "umbrella"),
      tarballs((name) => name !== "@smoltools/cli"),
    ),
    install(join(root, "everything"), [
      ...tarballs(() => true),
      "typescript-5@npm:typescript@5.9.3",
      "@types/node@20.19.43",
    ]),
  ]);
  return { packed, umbrella, everything, nodes };
}

/** Makes a project that has installed packages, as a user would. */
async function install(project: string, packages: readonly string[]): Promise<string> {
  await mkdir(project, { recursive: true });
  await writeFile(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const quietly = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", ["install", ...quietly, ...packages], project);
  return project;
}

/** The workspace runs on one of the versions; the others are installed. */
async function installNodes(root: string): Promise<Record<string, string>> {
  const nodes: Record<string, string> = {};
  for (const version of nodeVersions) {
    nodes[version] =
      process.version === `v${version}`
        ? process.execPath
        : join(await install(join(root, `node-${version}`), [`node@${version}`]), "node_modules", ".bin", "node");
  }
  return nodes;
}

import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { leaveOutTypes } from "./leave-out-types.ts";
import { run } from "./run.ts";
import { root, type WorkspacePackage, workspacePackages } from "./workspace-packages.ts";

/** A package as it would be published. */
export interface PackedPackage extends WorkspacePackage {
  /** The file to publish or install. */
  tarball: string;
}

const copied = ["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml", "LICENSE", "tsconfig.base.json", "packages"];

/** What earlier builds wrote, and caches of tools. */
const isLeftOver = (path: string): boolean =>
  ["dist", ".bin"].includes(basename(path)) || basename(path).startsWith(".vite") || path.endsWith(".tsbuildinfo");

/**
 * Builds and packs every package as it would be published.
 *
 * Works on a copy: what is in the workspace's `dist` folders is neither used nor touched, so that nothing of an earlier
 * build gets into a package, and whoever runs from them is not disturbed. The copy is built without source maps: what
 * the compiler makes of these sources is the sources without their types.
 *
 * @param into - Folder of the tarballs; is made if it is not there.
 */
export async function packPackages(into: string): Promise<PackedPackage[]> {
  const copy = await mkdtemp(join(tmpdir(), "smoltools-pack-"));
  try {
    // Links stay as they are: those to packages of the workspace then lead to the copies.
    const options = { recursive: true, verbatimSymlinks: true, filter: (path: string) => !isLeftOver(path) };
    await Promise.all(copied.map((name) => cp(join(root, name), join(copy, name), options)));
    await symlink(join(root, "node_modules"), join(copy, "node_modules"));
    const packages = workspacePackages();
    const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
    const folders = packages.map(({ folder }) => folder);
    const withoutMaps = ["--sourceMap", "false", "--declarationMap", "false"];
    await run(process.execPath, [compiler, "-b", ...folders, ...withoutMaps], copy);
    await Promise.all(folders.map((folder) => leaveOutSources(join(copy, folder, "package.json"))));
    for (const folder of folders) leaveOutTypes(join(copy, folder));
    await mkdir(into, { recursive: true });
    const chosen = folders.flatMap((folder) => ["--filter", `./${folder}`]);
    await run("npx", ["-y", "pnpm@12", "-r", ...chosen, "pack", "--pack-destination", into], copy);
    return packages.map((one) => Object.assign(one, { tarball: join(into, tarballName(one)) }));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Takes the condition by which the workspace runs from the sources out of a package.json: they are not published. */
async function leaveOutSources(path: string): Promise<void> {
  const manifest = JSON.parse(await readFile(path, "utf8")) as { exports: Record<string, Record<string, string>> };
  for (const conditions of Object.values(manifest.exports)) delete conditions["@smoltools/source"];
  await writeFile(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** As npm names the file. */
const tarballName = ({ name, version }: WorkspacePackage): string =>
  `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;

/** A path as a person in the current folder would write it. */
export const shownPath = (path: string): string => relative(process.cwd(), path) || ".";

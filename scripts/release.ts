// Shows what a release would publish, after checking it: versions, files, sizes. Publishes nothing.
// usage: node scripts/release.ts [folder of the tarballs]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { lintPackage } from "./release/lint-package.ts";
import { packPackages, shownPath } from "./release/pack-packages.ts";
import { packedFiles } from "./release/packed-files.ts";
import { root } from "./release/workspace-packages.ts";

interface Status {
  changesets: { id: string; summary: string }[];
  releases: { name: string; type: string; oldVersion: string; newVersion: string }[];
}

/**
 * The changesets that wait for a release, and the versions that they lead to.
 *
 * @throws Error when packages were changed without a changeset.
 */
function changesetStatus(): Status {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-release-"));
  const output = join(folder, "status.json");
  const program = join(root, "node_modules", "@changesets", "cli", "bin.js");
  try {
    execFileSync(process.execPath, [program, "status", "--output", output], { cwd: root, stdio: "pipe" });
    return JSON.parse(readFileSync(output, "utf8")) as Status;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`The changesets cannot be read:\n${stdout}${stderr}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;

const { changesets, releases } = changesetStatus();
console.log(`Changesets that wait: ${changesets.length}`);
for (const { id, summary } of changesets) console.log(`  ${id}: ${summary.split("\n")[0]}`);
for (const { name, oldVersion, newVersion, type } of releases) {
  if (type === "none") continue;
  console.log(`  ${name} ${oldVersion} -> ${newVersion} (${type})`);
}

const [folder = join(root, "release")] = process.argv.slice(2);
const packed = await packPackages(resolve(folder));
const problems: string[] = [];
console.log("\nWhat would be published, in this order:");
for (const one of packed) {
  const files = await packedFiles(one);
  problems.push(...(await lintPackage(one, files)).map((problem) => `${one.name}: ${problem}`));
  const sizes = `${files.paths.length} files, ${kilobytes(files.unpackedBytes)}, packed ${kilobytes(files.packedBytes)}`;
  console.log(`  ${one.name}@${one.version}  ${sizes}  ${shownPath(one.tarball)}`);
}

if (problems.length > 0) {
  console.error(["", "This must not be published:", ...problems.map((problem) => `  ${problem}`)].join("\n"));
  process.exitCode = 1;
} else if (changesets.length > 0) {
  console.log("\nThe versions are still the old ones. To go on: `pnpm changeset version`, commit, and run this again.");
} else {
  console.log("\nTo publish exactly these files, with two-factor authentication, run:");
  for (const { tarball } of packed) console.log(`  npm publish ${shownPath(tarball)} --access public`);
  const [{ version } = { version: "" }] = packed;
  console.log(`  git tag v${version} && git push origin v${version}`);
}

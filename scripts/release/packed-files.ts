import { createPackageFromTarballData, type Package } from "@arethetypeswrong/core";
import { readFile, stat } from "node:fs/promises";
import type { PackedPackage } from "./pack-packages.ts";

/** What is in a tarball. */
export interface PackedFiles {
  /** Its files, as they lie in the package: `dist/index.js`. */
  paths: string[];
  /** The text of one of them. */
  text(path: string): string;
  /** The package.json that is published. */
  manifest: Record<string, unknown>;
  /** Sum of its files. */
  unpackedBytes: number;
  packedBytes: number;
  /** The package for `@arethetypeswrong/core`. */
  contents: Package;
}

/** Reads a tarball. */
export async function packedFiles({ name, tarball }: PackedPackage): Promise<PackedFiles> {
  const contents = createPackageFromTarballData(await readFile(tarball));
  const prefix = `/node_modules/${name}/`;
  const paths = contents.listFiles().map((path) => path.slice(prefix.length));
  const sizes = paths.map((path) => Buffer.byteLength(contents.readFile(prefix + path)));
  return {
    paths: paths.sort(),
    text: (path) => contents.readFile(prefix + path),
    manifest: JSON.parse(contents.readFile(`${prefix}package.json`)) as Record<string, unknown>,
    unpackedBytes: sizes.reduce((sum, size) => sum + size, 0),
    packedBytes: (await stat(tarball)).size,
    contents,
  };
}

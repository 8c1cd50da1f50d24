import { existsSync, lstatSync, readlinkSync } from "node:fs";

/** Folders of shared libraries, by Debian's name for the machine: only these, where a system sorts them so. */
const debianFolders: Readonly<Partial<Record<string, readonly string[]>>> = {
  x64: ["/usr/lib/x86_64-linux-gnu", "/usr/lib64"],
  arm64: ["/usr/lib/aarch64-linux-gnu", "/usr/lib/ld-linux-aarch64.so.1"],
};

/** Folders of shared libraries elsewhere. */
const usualFolders = ["/usr/lib", "/usr/lib64"];

/** Where programs look for their loader and libraries: links into `/usr` on today's systems. */
const rootFolders = ["/lib", "/lib64"];

/** Arguments of bubblewrap that show a guest the shared libraries of the system, and no other files. */
export function libraryBinds(): string[] {
  const debian = debianFolders[process.arch];
  const folders = debian?.every((path) => existsSync(path)) ? debian : usualFolders.filter((path) => existsSync(path));
  return [...folders.flatMap((path) => ["--ro-bind", path, path]), ...rootFolders.flatMap(rootFolder)];
}

function rootFolder(path: string): string[] {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  return stats.isSymbolicLink() ? ["--symlink", readlinkSync(path), path] : ["--ro-bind", path, path];
}

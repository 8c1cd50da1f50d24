import type { ManifestFile } from "../manifest/manifest.ts";

/** A file of a version, beside the version before. */
export interface FileChange {
  path: string;
  /** In bytes: of the new version, or of the old one for a file that is gone. */
  size: number;
  /** 64 hexadecimal digits, of the same version as the size. */
  sha256: string;
  mark: "new" | "changed" | "same" | "removed";
}

/** Compares two lists of files, such as those of two manifests. Sorted by path. */
export function fileChanges(
  before: Readonly<Record<string, ManifestFile>>,
  after: Readonly<Record<string, ManifestFile>>,
): FileChange[] {
  const changes = Object.entries(after).map(([path, { size, sha256 }]): FileChange => {
    const old = Object.hasOwn(before, path) ? before[path] : undefined;
    const mark = old === undefined ? "new" : old.sha256 === sha256 ? "same" : "changed";
    return { path, size, sha256, mark };
  });
  for (const [path, { size, sha256 }] of Object.entries(before)) {
    if (!Object.hasOwn(after, path)) changes.push({ path, size, sha256, mark: "removed" });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

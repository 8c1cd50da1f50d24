import type { TreeEntry } from "./parse-object.ts";

/** The content of a git tree object. */
export function encodeTree(entries: readonly TreeEntry[]): Buffer {
  const pieces: Buffer[] = [];
  for (const { mode, path, oid } of sortTree(entries)) {
    pieces.push(Buffer.from(`${mode.replace(/^0+/, "")} ${path}\0`), Buffer.from(oid, "hex"));
  }
  return Buffer.concat(pieces);
}

/**
 * Entries in the order of a tree object: by the bytes of their names in UTF-8, a folder as if its name ended with `/`.
 * JavaScript's own order of texts differs from it for characters beyond the basic plane.
 */
export function sortTree(entries: readonly TreeEntry[]): TreeEntry[] {
  return entries
    .map((entry) => ({ entry, key: Buffer.from(entry.type === "tree" ? `${entry.path}/` : entry.path) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ entry }) => entry);
}

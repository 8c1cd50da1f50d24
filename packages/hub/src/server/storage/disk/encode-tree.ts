import type { TreeEntry } from "isomorphic-git";

/**
 * The content of a git tree object.
 *
 * isomorphic-git has this too, but orders names by UTF-16 code unit. Git demands the order of their bytes in UTF-8,
 * which differs for characters beyond the basic plane: its checks refuse such a tree.
 */
export function encodeTree(entries: readonly TreeEntry[]): Buffer {
  const pieces: Buffer[] = [];
  for (const { mode, path, oid } of sortTree(entries)) {
    pieces.push(Buffer.from(`${mode.replace(/^0+/, "")} ${path}\0`), Buffer.from(oid, "hex"));
  }
  return Buffer.concat(pieces);
}

/** Entries in the order of a tree object: by the bytes of their names, a folder as if its name ended with `/`. */
export function sortTree(entries: readonly TreeEntry[]): TreeEntry[] {
  return entries
    .map((entry) => ({ entry, key: Buffer.from(entry.type === "tree" ? `${entry.path}/` : entry.path) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ entry }) => entry);
}

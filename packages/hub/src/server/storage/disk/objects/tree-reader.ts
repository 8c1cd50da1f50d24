import type { TreeEntry } from "./parse-object.ts";
import type { Entry } from "../../hub-storage.ts";
import type { ObjectStore } from "./object-store.ts";

/**
 * Finds the file or folder at a path.
 *
 * @param tree - The tree of the root.
 * @param path - `""` is the root itself.
 */
export async function findEntry(objects: ObjectStore, tree: string, path: string): Promise<Entry | undefined> {
  let found: Entry = { type: "directory", path: "", oid: tree };
  if (path === "") return found;
  for (const piece of path.split("/")) {
    if (found.type !== "directory") return undefined;
    const entry = childOf(await objects.tree(found.oid), piece);
    const next = entry && toEntry(entry, found.path);
    if (!next) return undefined;
    found = next;
  }
  return found;
}

/** From so many entries on a folder is looked through once, and not for each file that is looked for in it. */
const largeFolder = 64;

const byName = new WeakMap<readonly TreeEntry[], ReadonlyMap<string, TreeEntry>>();

function childOf(tree: readonly TreeEntry[], name: string): TreeEntry | undefined {
  if (tree.length < largeFolder) return tree.find(({ path }) => path === name);
  const known = byName.get(tree) ?? new Map(tree.map((entry) => [entry.path, entry]));
  byName.set(tree, known);
  return known.get(name);
}

/**
 * Lists what is in a folder, in git's order; a folder comes before what is in it.
 *
 * @param folder - Path of the folder, `""` for the root.
 * @param tree - The tree of that folder.
 * @param after - The path, as pieces below `folder`, after which to go on.
 */
export async function* walkTree(
  objects: ObjectStore,
  tree: string,
  folder: string,
  recursive: boolean,
  after: readonly string[] = [],
): AsyncGenerator<Entry> {
  const [piece, ...deeper] = after;
  let reached = piece === undefined;
  for (const raw of await objects.tree(tree)) {
    const entry = toEntry(raw, folder);
    if (!entry) continue;
    const resuming = !reached && raw.path === piece;
    if (reached) yield entry;
    if ((reached || resuming) && recursive && entry.type === "directory") {
      yield* walkTree(objects, entry.oid, entry.path, true, resuming ? deeper : []);
    }
    reached ||= resuming;
  }
}

/** Submodules are neither files nor folders of the repo: they are left out. */
function toEntry({ type, path, oid }: TreeEntry, folder: string): Entry | undefined {
  if (type === "commit") return undefined;
  return { type: type === "tree" ? "directory" : "file", path: folder === "" ? path : `${folder}/${path}`, oid };
}

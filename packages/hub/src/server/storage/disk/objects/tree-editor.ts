import type { TreeEntry } from "./parse-object.ts";
import { HubServerError } from "../../../hub-server-error.ts";
import type { Change } from "../../hub-storage.ts";
import type { ObjectStore } from "./object-store.ts";

/** A change as a tree sees it: every file is a blob. */
export type TreeChange = Exclude<Change, { kind: "writeLfs" }>;

/** A folder that was opened for changes. It is never empty for longer than one step. */
class Folder {
  readonly children: Map<string, TreeEntry | Folder>;

  constructor(entries: readonly TreeEntry[]) {
    this.children = new Map(entries.map((entry) => [entry.path, entry]));
  }
}

/** A folder and the name of one of its children. */
type Step = [folder: Folder, name: string];

/**
 * Makes the tree that a commit's changes lead to. Only the folders on the changed paths are read and written.
 *
 * @param tree - The tree to start from.
 * @param changes - Done in their order. Folders that are left empty vanish, as git has none.
 * @returns The new tree.
 * @throws HubServerError `HUB_ENTRY_NOT_FOUND` for a deletion of what is not there; `HUB_BAD_REQUEST` for a file where
 * a folder is, or the other way round.
 */
export async function editTree(objects: ObjectStore, tree: string, changes: readonly TreeChange[]): Promise<string> {
  const root = new Folder(await objects.tree(tree));
  for (const change of changes) {
    if (change.kind === "write") await write(objects, root, change.path, change.blob);
    else await remove(objects, root, change);
  }
  return save(objects, root);
}

async function write(objects: ObjectStore, root: Folder, path: string, blob: string): Promise<void> {
  const names = path.split("/");
  const name = names.pop() ?? "";
  let folder = root;
  for (const [index, piece] of names.entries()) {
    const child = await openChild(objects, folder, piece);
    if (child !== undefined && !(child instanceof Folder)) {
      const file = names.slice(0, index + 1).join("/");
      throw new HubServerError("HUB_BAD_REQUEST", `${path} cannot be written: ${file} is a file, not a folder.`);
    }
    const next = child ?? new Folder([]);
    folder.children.set(piece, next);
    folder = next;
  }
  const old = folder.children.get(name);
  if (old instanceof Folder || old?.type === "tree") {
    throw new HubServerError("HUB_BAD_REQUEST", `${path} cannot be written: it is a folder. Delete the folder first.`);
  }
  const mode = old?.mode === "100755" ? old.mode : "100644";
  folder.children.set(name, { mode, type: "blob", path: name, oid: blob });
}

async function remove(
  objects: ObjectStore,
  root: Folder,
  change: Exclude<TreeChange, { kind: "write" }>,
): Promise<void> {
  const steps: Step[] = [];
  let found: TreeEntry | Folder | undefined = root;
  for (const name of change.path.split("/")) {
    if (!(found instanceof Folder)) throw notThere(change);
    steps.push([found, name]);
    found = await openChild(objects, found, name);
  }
  if (found === undefined || found instanceof Folder !== (change.kind === "deleteFolder")) throw notThere(change);
  for (const [folder, name] of steps.toReversed()) {
    folder.children.delete(name);
    if (folder.children.size > 0) break;
  }
}

/** A child of a folder; a child that is a folder itself is opened for changes. */
async function openChild(objects: ObjectStore, folder: Folder, name: string): Promise<TreeEntry | Folder | undefined> {
  const child = folder.children.get(name);
  if (child === undefined || child instanceof Folder || child.type !== "tree") return child;
  const opened = new Folder(await objects.tree(child.oid));
  folder.children.set(name, opened);
  return opened;
}

async function save(objects: ObjectStore, folder: Folder): Promise<string> {
  const entries: TreeEntry[] = [];
  for (const [path, child] of folder.children) {
    if (child instanceof Folder) entries.push({ mode: "040000", type: "tree", path, oid: await save(objects, child) });
    else entries.push(child);
  }
  return objects.writeTree(entries);
}

function notThere(change: TreeChange): HubServerError {
  const kind = change.kind === "deleteFolder" ? "folder" : "file";
  return new HubServerError("HUB_ENTRY_NOT_FOUND", `A ${kind} with this name doesn't exist: ${change.path}`);
}

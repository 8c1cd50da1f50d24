import { HubServerError } from "../../../hub-server-error.ts";
import type { Change } from "../../hub-storage.ts";
import { trackLfsFiles } from "./git-attributes.ts";
import { lfsPointer } from "./lfs-pointer.ts";
import { type LfsStore, notUploaded } from "./lfs-store.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import { editTree, type TreeChange } from "../objects/tree-editor.ts";
import { findEntry } from "../objects/tree-reader.ts";

const attributesPath = ".gitattributes";
/** A larger `.gitattributes` is left as it is. */
const maxAttributesBytes = 1024 * 1024;

/**
 * Writes the pointers of the Git LFS files among some changes.
 *
 * @returns The changes with a plain file for each.
 * @throws HubServerError `HUB_BAD_REQUEST` for an object that is not there, or has another size.
 */
export async function writePointers(
  objects: ObjectStore,
  lfs: LfsStore,
  changes: readonly Change[],
): Promise<TreeChange[]> {
  const written: TreeChange[] = [];
  for (const change of changes) {
    if (change.kind !== "writeLfs") {
      written.push(change);
      continue;
    }
    const { path, oid } = change;
    await lfs.refresh(oid);
    const size = await lfs.size(oid);
    if (size === undefined) throw notUploaded(oid);
    if (change.size !== undefined && change.size !== size) {
      throw new HubServerError("HUB_BAD_REQUEST", `${path} has ${size} bytes, not ${change.size}.`);
    }
    written.push({ kind: "write", path, blob: await objects.writeBlob(Buffer.from(lfsPointer({ oid, size }))) });
  }
  return written;
}

/** The tree with a `.gitattributes` that tells git-lfs of these files. */
export async function trackInTree(objects: ObjectStore, tree: string, paths: readonly string[]): Promise<string> {
  if (paths.length === 0) return tree;
  const entry = await findEntry(objects, tree, attributesPath);
  if (entry?.type === "directory") return tree;
  if (entry && (await objects.blobSize(entry.oid)) > maxAttributesBytes) return tree;
  const text = entry ? (await objects.blob(entry.oid)).toString("utf8") : "";
  const tracked = trackLfsFiles(text, paths);
  if (tracked === undefined) return tree;
  const blob = await objects.writeBlob(Buffer.from(tracked));
  return editTree(objects, tree, [{ kind: "write", path: attributesPath, blob }]);
}

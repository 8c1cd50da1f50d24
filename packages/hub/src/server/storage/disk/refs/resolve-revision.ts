import { defaultBranch } from "../../../repo/ref-name.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import type { RefStore } from "./ref-store.ts";

/**
 * Finds the commit that a revision means: `HEAD`, a full ref, a tag, a branch, or the first 5 to 40 digits of a commit
 * id, in this order.
 */
export async function resolveRevision(
  objects: ObjectStore,
  refs: RefStore,
  revision: string,
): Promise<string | undefined> {
  const named = await readRef(refs, revision);
  const oid = named ?? (await expandId(objects, revision.toLowerCase()));
  return oid === undefined ? undefined : (await objects.findCommit(oid))?.oid;
}

async function readRef(refs: RefStore, revision: string): Promise<string | undefined> {
  if (revision === "HEAD") return refs.read("heads", defaultBranch);
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(revision) ?? [];
  if (name !== undefined) return refs.read(kind === "tags" ? "tags" : "heads", name);
  return (await refs.read("tags", revision)) ?? refs.read("heads", revision);
}

async function expandId(objects: ObjectStore, digits: string): Promise<string | undefined> {
  if (/^[0-9a-f]{40}$/.test(digits)) return digits;
  return /^[0-9a-f]{5,39}$/.test(digits) ? objects.expand(digits) : undefined;
}

import { HubServerError } from "../../hub-server-error.ts";
import type { GitRepo } from "./git-repo.ts";
import { walkTree } from "./objects/tree-reader.ts";

/** Stores all files of a tree of one repo in another, Git LFS objects included. */
export async function copyTree(from: GitRepo, to: GitRepo, tree: string): Promise<void> {
  await copyObject(from, to, tree);
  for await (const { oid, type } of walkTree(from.objects, tree, "", true)) {
    await copyObject(from, to, oid);
    const lfs = type === "file" ? await from.lfsObject(oid) : undefined;
    if (lfs) await to.lfs.copy(from.lfs, lfs.oid);
  }
}

async function copyObject(from: GitRepo, to: GitRepo, oid: string): Promise<void> {
  const object = await from.objects.read(oid);
  if (!object) throw new HubServerError("HUB_STORAGE_BROKEN", `The object ${oid} is missing.`);
  await to.objects.write(object);
}

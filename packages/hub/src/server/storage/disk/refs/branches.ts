import { HubServerError } from "../../../hub-server-error.ts";
import { checkRefName, defaultBranch } from "../../../repo/ref-name.ts";
import { isReleaseTag } from "../../../repo/release-tag.ts";
import type { NewBranch } from "../../hub-storage.ts";
import { checkRefIsNew } from "./check-ref-is-new.ts";
import { nextTimestamp } from "../make-commit.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import type { RefStore } from "./ref-store.ts";

/** Makes a branch, or moves one. The caller holds the lock of the repo. */
export async function createBranch(objects: ObjectStore, refs: RefStore, branch: NewBranch): Promise<void> {
  const { name, overwrite } = branch;
  checkRefName("branch", name);
  if (isReleaseTag(name)) {
    throw new HubServerError("HUB_BAD_REQUEST", `A branch cannot be called ${name}: that is the name of a release.`);
  }
  const present = overwrite ? await refs.read("heads", name) : undefined;
  if (present !== undefined && name === defaultBranch) {
    throw new HubServerError("HUB_FORBIDDEN", `${name} is the default branch: it cannot be overwritten.`);
  }
  if (present === undefined) await checkRefIsNew(refs, "branch", name);
  const start = branch.commit ?? (await writeEmptyCommit(objects, branch));
  await objects.flush();
  if (await refs.compareAndSet("heads", name, present, start)) return;
  throw new HubServerError("HUB_BUSY", `Another process works on the branch ${name}: try again in a moment.`);
}

/** Removes a branch. The caller holds the lock of the repo. */
export async function deleteBranch(refs: RefStore, name: string): Promise<void> {
  if ((await refs.read("heads", name)) === undefined) {
    throw new HubServerError("HUB_REVISION_NOT_FOUND", `There is no branch ${name}.`);
  }
  if (name === defaultBranch) {
    throw new HubServerError("HUB_FORBIDDEN", `${name} is the default branch: it cannot be deleted.`);
  }
  await refs.remove("heads", name);
}

/** Git has no branch without a commit: an empty one starts with a commit of no files. */
async function writeEmptyCommit(objects: ObjectStore, branch: NewBranch): Promise<string> {
  const tree = await objects.writeTree([]);
  const { author } = branch;
  return objects.writeCommit({
    tree,
    parents: [],
    author,
    timestamp: nextTimestamp(undefined),
    message: "initial commit",
  });
}

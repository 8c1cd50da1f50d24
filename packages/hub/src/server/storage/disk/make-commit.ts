import { HubServerError } from "../../hub-server-error.ts";
import type { Commit, NewCommit } from "../hub-storage.ts";
import type { ObjectStore } from "./object-store.ts";
import type { RefStore } from "./ref-store.ts";
import { editTree } from "./tree-editor.ts";

/** How often a commit is put on a new head: only git processes move a branch while the lock of the repo is held. */
const maxTries = 5;

/**
 * Makes one commit on a branch. Without `parentCommit` it goes on whatever the branch is at. The caller holds the lock
 * of the repo.
 */
export async function makeCommit(objects: ObjectStore, refs: RefStore, commit: NewCommit): Promise<Commit> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const head = await refs.read("heads", commit.branch);
    if (head === undefined) throw await noSuchBranch(refs, commit.branch);
    if (commit.parentCommit !== undefined && !head.startsWith(commit.parentCommit.toLowerCase())) {
      throw new HubServerError(
        "HUB_PARENT_NOT_HEAD",
        `A commit has happened since: ${commit.branch} is at ${head}, not at ${commit.parentCommit}. ` +
          "Refresh and try again.",
      );
    }
    const parent = await objects.commit(head);
    const tree = await editTree(objects, parent.tree, commit.changes);
    const oid = await objects.writeCommit({
      tree,
      parents: [head],
      author: commit.author,
      timestamp: nextTimestamp(parent),
      message: commit.body === "" ? commit.title : `${commit.title}\n\n${commit.body}`,
    });
    if (await refs.compareAndSet("heads", commit.branch, head, oid)) return objects.commit(oid);
  }
  throw new HubServerError("HUB_BUSY", `Other processes keep moving ${commit.branch}: try again in a moment.`);
}

/** Now, in seconds; never before the parent, whatever the clock says: the order of commits is read from it. */
export function nextTimestamp(parent: Commit | undefined): number {
  return Math.max(Math.floor(Date.now() / 1000), (parent?.committedAt ?? 0) / 1000);
}

async function noSuchBranch(refs: RefStore, name: string): Promise<HubServerError> {
  if (await refs.read("tags", name)) {
    return new HubServerError("HUB_BAD_REQUEST", `${name} is a tag: commits go to branches.`);
  }
  return new HubServerError("HUB_REVISION_NOT_FOUND", `There is no branch ${name}.`);
}

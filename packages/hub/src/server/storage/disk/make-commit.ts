import { HubServerError } from "../../hub-server-error.ts";
import type { Commit, NewCommit, Squash } from "../hub-storage.ts";
import { trackInTree, writePointers } from "./lfs/lfs-changes.ts";
import type { LfsStore } from "./lfs/lfs-store.ts";
import type { ObjectStore } from "./objects/object-store.ts";
import type { RefStore } from "./refs/ref-store.ts";
import { editTree } from "./objects/tree-editor.ts";

/** How often a commit is put on a new head: only git processes move a branch while the lock of the repo is held. */
const maxTries = 5;

/**
 * Makes one commit on a branch. Without `parentCommit` it goes on whatever the branch is at. The caller holds the lock
 * of the repo.
 */
export async function makeCommit(
  objects: ObjectStore,
  lfs: LfsStore,
  refs: RefStore,
  commit: NewCommit,
): Promise<Commit> {
  const { branch, parentCommit, author } = commit;
  const large = commit.changes.filter((change) => change.kind === "writeLfs");
  const changes = await writePointers(objects, lfs, commit.changes);
  return moveBranch(objects, refs, branch, async (parent) => {
    if (parentCommit !== undefined && !parent.oid.startsWith(parentCommit.toLowerCase())) {
      throw new HubServerError(
        "HUB_PARENT_NOT_HEAD",
        `A commit has happened since: ${branch} is at ${parent.oid}, not at ${parentCommit}. Refresh and try again.`,
      );
    }
    const edited = await editTree(objects, parent.tree, changes);
    const tree = await trackInTree(
      objects,
      edited,
      large.map(({ path }) => path),
    );
    for (const { oid } of large) await lfs.keep(oid);
    const timestamp = nextTimestamp(parent);
    return objects.writeCommit({ tree, parents: [parent.oid], author, timestamp, message: message(commit) });
  });
}

/** Replaces the history of a branch by one commit with its files. The caller holds the lock of the repo. */
export async function squashBranch(objects: ObjectStore, refs: RefStore, squash: Squash): Promise<Commit> {
  return moveBranch(objects, refs, squash.branch, (head) =>
    objects.writeCommit({
      tree: head.tree,
      parents: [],
      author: squash.author,
      timestamp: nextTimestamp(head),
      message: message(squash),
    }),
  );
}

/** Now, in seconds; never before the parent, whatever the clock says: the order of commits is read from it. */
export function nextTimestamp(parent: Commit | undefined): number {
  return Math.max(Math.floor(Date.now() / 1000), (parent?.committedAt ?? 0) / 1000);
}

/** @param next - Makes the commit that the branch moves to. */
async function moveBranch(
  objects: ObjectStore,
  refs: RefStore,
  branch: string,
  next: (head: Commit) => Promise<string>,
): Promise<Commit> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const head = await refs.read("heads", branch);
    if (head === undefined) throw await noSuchBranch(refs, branch);
    const oid = await next(await objects.commit(head));
    await objects.flush();
    if (await refs.compareAndSet("heads", branch, head, oid)) return objects.commit(oid);
  }
  throw new HubServerError("HUB_BUSY", `Other processes keep moving ${branch}: try again in a moment.`);
}

function message({ title, body }: { title: string; body: string }): string {
  return body === "" ? title : `${title}\n\n${body}`;
}

async function noSuchBranch(refs: RefStore, name: string): Promise<HubServerError> {
  if (await refs.read("tags", name)) {
    return new HubServerError("HUB_BAD_REQUEST", `${name} is a tag: commits go to branches.`);
  }
  return new HubServerError("HUB_REVISION_NOT_FOUND", `There is no branch ${name}.`);
}

import { HubServerError } from "../../../hub-server-error.ts";
import { checkRefName } from "../../../repo/ref-name.ts";
import { isReleaseTag } from "../../../repo/release-tag.ts";
import type { NewTag, RepoRecord } from "../../hub-storage.ts";
import { checkRefIsNew } from "./check-ref-is-new.ts";
import { nextTimestamp } from "../make-commit.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import type { RefStore } from "./ref-store.ts";
import type { ReleaseLogFile } from "../releases/release-log-file.ts";
import { releaseName } from "../releases/releases-of.ts";

/**
 * Makes a tag. The caller holds the lock of the repo.
 *
 * A release goes to the log first: a crash in between leaves an entry that the next try, for the same commit, finds
 * there; the other way round it would leave a release that the log does not know.
 */
export async function createTag(
  objects: ObjectStore,
  refs: RefStore,
  releases: ReleaseLogFile,
  record: RepoRecord,
  tag: NewTag,
): Promise<void> {
  const { name, commit, message, author } = tag;
  checkRefName("tag", name);
  await checkRefIsNew(refs, "tag", name);
  const timestamp = nextTimestamp(await objects.commit(commit));
  const oid = message === undefined ? commit : await objects.writeTag({ name, commit, message, author, timestamp });
  await objects.flush();
  if (isReleaseTag(name)) await releases.append(releaseName(record), [{ tag: name, commit }]);
  if (!(await refs.compareAndSet("tags", name, undefined, oid))) {
    throw new HubServerError("HUB_ALREADY_EXISTS", `The tag ${name} exists already.`);
  }
  await refs.packTags(async (tag) => (await objects.findCommit(tag))?.oid);
}

/** Removes a tag that is no release. The caller holds the lock of the repo. */
export async function deleteTag(refs: RefStore, name: string): Promise<void> {
  if ((await refs.read("tags", name)) === undefined) {
    throw new HubServerError("HUB_REVISION_NOT_FOUND", `There is no tag ${name}.`);
  }
  if (isReleaseTag(name)) {
    throw new HubServerError(
      "HUB_RELEASE_IMMUTABLE",
      `${name} is a released version: it can be neither moved nor deleted. Yank it, and publish a higher version.`,
    );
  }
  await refs.remove("tags", name);
}

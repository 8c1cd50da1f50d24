import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { errorMessage } from "@smoltools/core";
import { defaultHubLimits } from "../../hub-limits.ts";
import { HubServerError } from "../../hub-server-error.ts";
import type { ReleaseEntry } from "../../releases/release-entry.ts";
import { verifyReleaseLog } from "../../releases/verify-release-log.ts";
import { repoPath, repoTypes } from "../../repo/repo-key.ts";
import type { RepoRecord } from "../hub-storage.ts";
import { type DiskParts, diskParts } from "./disk-parts.ts";
import { GitRepo } from "./git-repo.ts";
import { unlessMissing } from "../../../shared/has-code.ts";
import { releaseName, releasesOf } from "./releases/releases-of.ts";
import { verifyObjects } from "./verify-objects.ts";

/** What {@link verifyStorage} found. */
export interface StorageReport {
  repos: number;
  commits: number;
  objects: number;
  lfsObjects: number;
  /** Entries of the release log. */
  releases: number;
  /** What is damaged or missing, one sentence each. Empty: everything is as it was stored. */
  problems: string[];
  /** What may be meant so: files that look like Git LFS pointers, but name no object that was uploaded. */
  notes: string[];
}

/**
 * Checks a hub's folder, or a copy of one, without changing anything: every branch and tag leads to objects that are
 * there and whole, every Git LFS object has the bytes that its name stands for, the release log is an unbroken chain,
 * and every released version is in it with its commit.
 *
 * @param root - The folder. Servers may work on it meanwhile.
 * @throws HubServerError `HUB_BAD_OPTIONS` when there is no such folder.
 */
export async function verifyStorage(root: string, options: { signal?: AbortSignal } = {}): Promise<StorageReport> {
  if (!(await unlessMissing(stat(root)))) {
    throw new HubServerError("HUB_BAD_OPTIONS", `There is no folder ${root}.`);
  }
  const parts = diskParts(root, defaultHubLimits);
  const report: StorageReport = {
    repos: 0,
    commits: 0,
    objects: 0,
    lfsObjects: 0,
    releases: 0,
    problems: [],
    notes: [],
  };
  const releases: { repo: string; tag: string; commit: string }[] = [];
  for (const type of repoTypes.values()) {
    for (const key of await parts.records.keys(type)) {
      options.signal?.throwIfAborted();
      const what = repoPath(key);
      try {
        const record = await parts.records.read(key);
        if (record) releases.push(...(await verifyRepo(parts, record, report)));
      } catch (error) {
        report.problems.push(`${what}: ${errorMessage(error)}`);
      }
    }
  }
  // After the repos: a version is in the log before its tag is in the repo.
  const logged = await readLog(parts, report);
  for (const { repo, tag, commit } of releases) {
    const found = logged.get(`${repo}@${tag}`);
    if (found === commit) continue;
    const problem = found === undefined ? "is not in the release log" : `is ${found} in the release log`;
    report.problems.push(`${repo}: the version ${tag}, ${commit}, ${problem}.`);
  }
  return report;
}

/** @returns The versions that the log must have. */
async function verifyRepo(
  parts: DiskParts,
  record: RepoRecord,
  report: StorageReport,
): Promise<{ repo: string; tag: string; commit: string }[]> {
  const repo = new GitRepo(record, parts);
  const name = repoPath(record);
  const refs = new Map<string, string>();
  for (const kind of ["heads", "tags"] as const) {
    for (const [ref, oid] of await repo.gitRefs.list(kind)) refs.set(`refs/${kind}/${ref}`, oid);
  }
  const found = await verifyObjects(repo, refs);
  report.repos += 1;
  report.commits += found.commits;
  report.objects += found.objects;
  report.problems.push(...found.problems.map((problem) => `${name}: ${problem}.`));
  for (const [oid, from] of found.pointers) {
    if ((await repo.lfs.committedSize(oid)) === undefined) report.notes.push(`${name}: ${from} points at ${oid}.`);
  }
  for await (const { oid } of repo.lfs.all()) {
    report.lfsObjects += 1;
    const hash = createHash("sha256");
    await pipeline(repo.lfs.stream(oid), hash);
    if (hash.digest("hex") !== oid) report.problems.push(`${name}: the Git LFS object ${oid} has other bytes.`);
  }
  const releases = await releasesOf(repo.objects, repo.gitRefs);
  return releases.map(({ tag, commit }) => ({ repo: releaseName(record), tag, commit }));
}

/** @returns The commits by repo and version. */
async function readLog(parts: DiskParts, report: StorageReport): Promise<Map<string, string>> {
  let entries: ReleaseEntry[] = [];
  try {
    ({ entries } = await parts.releases.page(0, Number.POSITIVE_INFINITY));
    verifyReleaseLog(entries);
  } catch (error) {
    report.problems.push(errorMessage(error));
  }
  report.releases = entries.length;
  return new Map(entries.map(({ repo, tag, commit }) => [`${repo}@${tag}`, commit]));
}

import type { Compatibility } from "../compat/compatibility.ts";
import { missingFiles } from "../commit/missing-files.ts";
import type { HubClient, HubTreeEntry, Repo } from "../http/hub-client.ts";
import { PackageError } from "../errors/package-error.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { readRegistry } from "../registry/read-registry.ts";
import { registryName, versionStatus } from "../registry/registry-file.ts";
import { signaturePath } from "../signing/signature-path.ts";
import { isPackageFile } from "./outgoing-files.ts";
import type { Publication } from "./publication.ts";
import type { PushOptions } from "./push-options.ts";
import { releasePlan } from "./release-plan.ts";
import { checkIsTemplate, headOf, heldPackage, type HeldPackage, type RepoRefs } from "./repo-files.ts";
import { type Gate, versionGate } from "./version-gate.ts";

/** What a push has to do, as the repo is now. */
export interface PushPlan<M extends PackageManifest> {
  /** The published version that it follows. */
  before: (HeldPackage<M> & { version: string; commit: string }) | undefined;
  branch: string;
  /** The branch has to be made first, at `head`. */
  newBranch: boolean;
  /** The commit to build on; absent in a repo without commits. */
  head: string | undefined;
  compatibility: Compatibility;
  gate: Gate;
  /** Paths that are new or changed, compared with `head`. */
  written: string[];
  /** Paths of the package that `head` has and the version has not. */
  deleted: string[];
}

/**
 * Finds out what a push has to do.
 *
 * @param refs - Of the repo as it is now; `undefined` when it has to be made.
 * @param outgoing - All files of the version.
 * @throws PackageError `VERSION_TOO_LOW`, `REPO_NOT_PACKAGE`, and those of reading the version before.
 */
export async function pushPlan<M extends PackageManifest>(
  client: HubClient,
  repo: Repo,
  refs: RepoRefs | undefined,
  { kind, manifest }: Publication<M>,
  outgoing: ReadonlyMap<string, Uint8Array>,
  options: PushOptions,
): Promise<PushPlan<M>> {
  const main = refs && headOf(refs, "main");
  const mainTree = main === undefined ? [] : await client.tree(repo, main, options);
  const isYanked = await yanked(client, repo, mainTree, main, options);
  const { before: published, branch } = releasePlan(manifest.version, refs?.versions ?? [], isYanked);
  const held = published && (await heldPackage(client, repo, published.commit, kind, options).catch(orForced(options)));
  const before = published && held && { ...held, version: published.version, commit: published.commit };
  const compatibility: Compatibility = before
    ? kind.compare(before.manifest, manifest)
    : { bump: "none", findings: [] };
  const gate: Gate = before
    ? versionGate(manifest.name, manifest.version, before.version, compatibility, options.allow)
    : { allowed: [] };
  const present = refs && headOf(refs, branch);
  const head = present ?? published?.commit ?? main;
  const tree = head === main || head === undefined ? mainTree : await client.tree(repo, head, options);
  const current =
    head === undefined || !tree.some(({ path }) => path === kind.manifestName)
      ? undefined
      : head === before?.commit
        ? before
        : await heldPackage(client, repo, head, kind, options).catch(notAPackage);
  if (!current && !options.force) checkIsTemplate(repo, tree);
  // What the package did not bring is not the package's to delete.
  const own = new Set(current && [...Object.keys(current.manifest.files), signaturePath(kind.manifestName)]);
  const deleted = tree.map(({ path }) => path).filter((path) => own.has(path) && isPackageFile(path));
  return {
    before,
    branch,
    newBranch: branch !== "main" && present === undefined,
    head,
    compatibility,
    gate,
    written: missingFiles(tree, outgoing),
    deleted: deleted.filter((path) => !outgoing.has(path)).sort(),
  };
}

async function yanked(
  client: HubClient,
  repo: Repo,
  tree: readonly HubTreeEntry[],
  revision: string | undefined,
  { signal }: PushOptions,
): Promise<(version: string) => boolean> {
  if (revision === undefined || !tree.some(({ path }) => path === registryName)) return () => false;
  const registry = await readRegistry(client, repo, { revision, signal });
  return (version) => versionStatus(registry, version).yanked !== undefined;
}

/** For a version before that cannot be read: it cannot be compared with, and only the caller can accept that. */
function orForced({ force }: PushOptions): (error: unknown) => undefined {
  return (error) => {
    if (!force) throw error;
    return notAPackage(error);
  };
}

/** For a manifest of something else, or one that nobody can read. */
function notAPackage(error: unknown): undefined {
  if (!(error instanceof PackageError)) throw error;
}

import { isSmoltoolsError } from "@smoltools/core";
import { PackageError } from "../errors/package-error.ts";
import type { HubCallOptions, HubClient, HubGitRef, HubTreeEntry, Repo } from "../http/hub-client.ts";
import { gitBlobId } from "../integrity/hash.ts";
import { packageLimits } from "../manifest/limits.ts";
import { manifestName } from "../manifest/manifest.ts";
import { parseManifest } from "../manifest/parse-manifest.ts";
import type { PackedPackage } from "../pack/pack.ts";
import { commitFiles, createRepo } from "./official-client.ts";

/** Options of {@link pushPackage}. */
export interface PushOptions extends HubCallOptions {
  /** Only the owner, and those whom they let in, can see a repo that is made. @default false */
  private?: boolean;
  /** Say what would be done, and do nothing. @default false */
  dryRun?: boolean;
  /** Publish into a repo that holds something else; files of the same names are replaced. @default false */
  force?: boolean;
}

/** What a push did, or would do. */
export interface PushResult {
  repo: string;
  version: string;
  tag: string;
  /** The commit that was tagged; absent in a dry run that would make one. */
  commit?: string;
  createdRepo: boolean;
  /** Paths that were written, because they are new or changed. */
  written: string[];
  /** Paths of the version before that are no longer part of the package. */
  deleted: string[];
  integrity: string;
  dryRun: boolean;
}

/**
 * Publishes a package: one commit with all its files, then the tag `vX.Y.Z`. The tag is the publication.
 *
 * A push that broke off may be repeated: what is there already is not sent again, and a commit that was not tagged is
 * tagged.
 *
 * @throws PackageError `VERSION_EXISTS`, `REPO_NOT_PACKAGE`; HubError `HUB_CONFLICT` when somebody else pushed at the same time.
 */
export async function pushPackage(
  client: HubClient,
  { manifest, files }: PackedPackage,
  options: PushOptions = {},
): Promise<PushResult> {
  const repo: Repo = { repoType: "space", repo: manifest.name };
  const tag = `v${manifest.version}`;
  const { signal, dryRun = false } = options;
  const state = await repoState(client, repo, options);
  if (state?.tags.some(({ name }) => name === tag)) throw versionExists(manifest.name, manifest.version);
  const present = new Map(state?.files.map(({ path, oid }) => [path, oid]));
  const before = await publishedFiles(client, repo, state, options);
  if (!before && !options.force) checkIsTemplate(repo, [...present.keys()]);
  const written = [...files].filter(([path, bytes]) => present.get(path) !== gitBlobId(bytes)).map(([path]) => path);
  // What the package did not bring is not the package's to delete.
  const deleted = [...present.keys()].filter((path) => before?.has(path) && !files.has(path)).sort();
  const unchanged = written.length === 0 && deleted.length === 0;
  const result = {
    repo: manifest.name,
    version: manifest.version,
    tag,
    createdRepo: state === undefined,
    written,
    deleted,
    integrity: manifest.integrity,
    dryRun,
  };
  if (dryRun) return unchanged && state?.head !== undefined ? { ...result, commit: state.head } : result;
  if (!state) await createRepo(client, repo, options.private ?? false, signal);
  const head = state?.head ?? (await repoState(client, repo, options))?.head;
  // A repo that was just made has files of its own, which the package replaces.
  const commit =
    unchanged && head !== undefined
      ? head
      : await commitFiles(client, repo, {
          title: `Publish ${manifest.version}`,
          parent: head,
          write: written.map((path) => [path, files.get(path) ?? new Uint8Array()]),
          remove: deleted,
          signal,
        });
  try {
    await client.createTag(repo, commit, tag, `${manifest.name} ${manifest.version}\n\n${manifest.integrity}`, {
      signal,
    });
  } catch (error) {
    throw isSmoltoolsError(error, "HUB_CONFLICT") ? versionExists(manifest.name, manifest.version, error) : error;
  }
  return { ...result, commit };
}

interface RepoState {
  head: string | undefined;
  tags: HubGitRef[];
  files: HubTreeEntry[];
}

/** What the hub has of the repo now; `undefined` when there is no such repo. */
async function repoState(client: HubClient, repo: Repo, options: HubCallOptions): Promise<RepoState | undefined> {
  try {
    const { branches, tags } = await client.refs(repo, options);
    const head = branches.find(({ name }) => name === "main")?.commit;
    return { head, tags, files: head === undefined ? [] : await client.tree(repo, head, options) };
  } catch (error) {
    if (isSmoltoolsError(error, "HUB_REPO_NOT_FOUND")) return undefined;
    throw error;
  }
}

/** The files of the package that the repo holds now; `undefined` when it holds none. */
async function publishedFiles(
  client: HubClient,
  repo: Repo,
  state: RepoState | undefined,
  options: HubCallOptions,
): Promise<ReadonlySet<string> | undefined> {
  if (!state?.head || !state.files.some(({ path }) => path === manifestName)) return undefined;
  const { bytes } = await client.file(repo, state.head, manifestName, packageLimits.maxManifestBytes, options);
  try {
    const before = parseManifest(bytes, repo.repo);
    return before.name === repo.repo ? new Set(Object.keys(before.files)) : undefined;
  } catch {
    return undefined; // A tool.json of something else.
  }
}

/** What a hub puts into a new Space by itself. */
const templateFiles: ReadonlySet<string> = new Set([".gitattributes", "README.md", "index.html", "style.css"]);

function checkIsTemplate(repo: Repo, paths: readonly string[]): void {
  const foreign = paths.filter((path) => !templateFiles.has(path));
  if (foreign.length === 0) return;
  const some = foreign.slice(0, 3).join(", ");
  throw new PackageError(
    `${repo.repo} holds something that is not a smoltools package (${some}): choose another name, or force the push`,
    { code: "REPO_NOT_PACKAGE", data: { repo: repo.repo, files: foreign.length } },
  );
}

function versionExists(repo: string, version: string, cause?: unknown): PackageError {
  return new PackageError(`${repo} ${version} is published already, and a version never changes: raise the version`, {
    code: "VERSION_EXISTS",
    data: { repo, version },
    cause,
  });
}

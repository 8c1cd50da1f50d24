import { isSmoltoolsError, type JsonSchema } from "@smoltools/core";
import { PackageError } from "../errors/package-error.ts";
import type { HubCallOptions, HubClient, HubGitRef, HubTreeEntry, Repo } from "../http/hub-client.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { type PublishedVersion, publishedVersions } from "../registry/published-versions.ts";
import type { PackageKind } from "./publication.ts";

/** What a hub says of a repo's branches and versions. */
export interface RepoRefs {
  branches: HubGitRef[];
  /** Newest first. */
  versions: PublishedVersion[];
}

/** @returns `undefined` when there is no such repo, or none that the token may see. */
export async function repoRefs(client: HubClient, repo: Repo, options: HubCallOptions): Promise<RepoRefs | undefined> {
  try {
    const { branches, tags } = await client.refs(repo, options);
    return { branches, versions: publishedVersions(tags) };
  } catch (error) {
    if (isSmoltoolsError(error, "HUB_REPO_NOT_FOUND")) return undefined;
    throw error;
  }
}

/** The commit that a branch points at. */
export function headOf({ branches }: RepoRefs, branch: string): string | undefined {
  return branches.find(({ name }) => name === branch)?.commit;
}

/** A package that a commit holds. */
export interface HeldPackage<M extends PackageManifest> {
  manifest: M;
  manifestBytes: Uint8Array;
}

/**
 * The package of a commit.
 *
 * @returns `undefined` when it has no manifest of this kind.
 * @throws PackageError when the manifest cannot be read, `MANIFEST_MISMATCH` when it is that of another package.
 */
export async function heldPackage<M extends PackageManifest>(
  client: HubClient,
  repo: Repo,
  commit: string,
  kind: PackageKind<M>,
  options: HubCallOptions,
): Promise<HeldPackage<M> | undefined> {
  try {
    const { bytes } = await client.file(repo, commit, kind.manifestName, packageLimits.maxManifestBytes, options);
    const manifest = kind.read(bytes, `${repo.repo} at ${commit.slice(0, 12)}`);
    if (manifest.name !== repo.repo) {
      throw new PackageError(`${repo.repo} holds the package ${manifest.name}`, {
        code: "MANIFEST_MISMATCH",
        data: { repo: repo.repo, name: manifest.name },
      });
    }
    return { manifest, manifestBytes: bytes };
  } catch (error) {
    if (isSmoltoolsError(error, "HUB_FILE_NOT_FOUND")) return undefined;
    throw error;
  }
}

/** What a hub puts into a new Space by itself. */
const templateFiles: ReadonlySet<string> = new Set([".gitattributes", "README.md", "index.html", "style.css"]);

/** @throws PackageError `REPO_NOT_PACKAGE` for a repo that somebody has put something else into. */
export function checkIsTemplate(repo: Repo, tree: readonly HubTreeEntry[]): void {
  const foreign = tree.map(({ path }) => path).filter((path) => !templateFiles.has(path));
  if (foreign.length === 0) return;
  const some = foreign.slice(0, 3).join(", ");
  throw new PackageError(
    `${repo.repo} holds something that is not a smoltools package (${some}): choose another name, or force the push`,
    { code: "REPO_NOT_PACKAGE", data: { repo: repo.repo, files: foreign.length } },
  );
}

/**
 * Refuses a repo that everybody can see, where one that is private was asked for.
 *
 * @throws PackageError `REPO_NOT_PRIVATE`.
 */
export async function checkIsPrivate(client: HubClient, repo: Repo, options: HubCallOptions): Promise<void> {
  const form: JsonSchema = { type: "object", properties: { private: { type: "boolean" } }, required: ["private"] };
  const path = `/api/${repo.repoType}s/${repo.repo}`;
  if ((await client.json<{ private: boolean }>(path, repo.repo, form, options)).private) return;
  throw new PackageError(
    `${repo.repo} exists and everybody can see it: make it private in its settings on ${client.host}, or publish ` +
      "without asking for a private one",
    { code: "REPO_NOT_PRIVATE", data: { repo: repo.repo } },
  );
}

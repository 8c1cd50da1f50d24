import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { defaultHubUrl, type Repo } from "../http/hub-client.ts";
import { manifestIntegrity } from "../integrity/manifest-integrity.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import { manifestName } from "../manifest/manifest.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { readJson } from "../manifest/read-json.ts";
import type { RepoType } from "../ref/ref.ts";
import { hubCacheDir, otherHubsDir } from "./cache-paths.ts";
import { readUntouched } from "./read-untouched.ts";
import { type SnapshotFile, snapshotFiles } from "./snapshot-files.ts";

/** Which cache is meant. */
export interface CacheOptions {
  /** Folder of the cache. @default that of the Hub's official clients, and of smoltools for other hubs */
  cacheDir?: string | undefined;
  env?: Readonly<Record<string, string | undefined>>;
  signal?: AbortSignal | undefined;
}

/** A commit of a package of smoltools in the cache. */
export interface CachedPackage extends Repo {
  /** The public Hub's address, or the name of another hub's folder. */
  hub: string;
  version: string;
  commit: string;
  /** The folder of its repo. */
  repoFolder: string;
  /** What it declares; not yet held against its integrity. */
  manifest: PackageManifest;
  /** `tool.json` or `agent.json`. */
  manifestPath: string;
  /** The manifest is the one that its own integrity is of. */
  isIntact: boolean;
  /** Those of its files that are here. */
  files: SnapshotFile[];
  bytes: number;
  /**
   * When it was last loaded or written, in milliseconds since 1970, as far as the file system notes it: the time of its
   * manifest, which each load reads and no other version shares.
   */
  usedMs: number;
}

const repoTypes: Readonly<Record<string, RepoType>> = { spaces: "space", models: "model", datasets: "dataset" };

/**
 * Finds the packages of smoltools in the cache. What other programs have put there is not among them: a package is told
 * by a manifest that names its repo, its files and its integrity.
 */
export async function listCache(options: CacheOptions = {}): Promise<CachedPackage[]> {
  const packages: CachedPackage[] = [];
  for (const { hub, folder } of await hubFolders(options)) {
    for (const { repoFolder, ...repo } of await repoFolders(folder)) {
      for (const commit of await commitsOf(repoFolder)) {
        options.signal?.throwIfAborted();
        const found = await packageOf(repoFolder, commit, repo.repo);
        if (found) packages.push({ hub, ...repo, commit, repoFolder, ...found });
      }
    }
  }
  return packages;
}

/** The folders of all hubs of which something is in the cache. */
export async function hubFolders({ cacheDir, env }: CacheOptions): Promise<{ hub: string; folder: string }[]> {
  const others = otherHubsDir(cacheDir, env);
  const names = await folderNames(others);
  return [
    { hub: defaultHubUrl, folder: hubCacheDir(defaultHubUrl, cacheDir, env) },
    ...names.map((name) => ({ hub: name.replace(/-[0-9a-f]{12}$/, ""), folder: join(others, name) })),
  ];
}

/** The folders of repos in the folder of a hub. Links to folders elsewhere are not followed. */
export async function repoFolders(folder: string): Promise<(Repo & { repoFolder: string })[]> {
  const found: (Repo & { repoFolder: string })[] = [];
  for (const name of await folderNames(folder)) {
    const [type = "", ...rest] = name.split("--");
    const repoType = Object.hasOwn(repoTypes, type) ? repoTypes[type] : undefined;
    if (repoType && rest.length > 0) found.push({ repoType, repo: rest.join("/"), repoFolder: join(folder, name) });
  }
  return found;
}

/** The commits of a repo of which something is in the cache. */
export async function commitsOf(repoFolder: string): Promise<string[]> {
  const names = await folderNames(join(repoFolder, "snapshots"));
  return names.filter((name) => /^[0-9a-f]{40}$/.test(name));
}

type Found = Pick<CachedPackage, "version" | "manifest" | "manifestPath" | "isIntact" | "files" | "bytes" | "usedMs">;

async function packageOf(repoFolder: string, commit: string, repo: string): Promise<Found | undefined> {
  const files = await snapshotFiles(repoFolder, commit);
  for (const manifestPath of [manifestName, "agent.json"]) {
    const file = files.find(({ path }) => path === manifestPath);
    const json = file && file.bytes <= packageLimits.maxManifestBytes ? await jsonOf(file) : undefined;
    if (!file || !isManifest(json) || json.name !== repo) continue;
    const blobs = new Map(files.map((each) => [each.blob ?? each.path, each.bytes]));
    return {
      version: json.version,
      manifest: json,
      manifestPath,
      isIntact: manifestIntegrity(json) === json.integrity,
      files,
      bytes: [...blobs.values()].reduce((sum, bytes) => sum + bytes, 0),
      usedMs: Math.max(file.writtenMs, file.readMs),
    };
  }
  return undefined;
}

async function jsonOf(file: SnapshotFile): Promise<unknown> {
  try {
    return readJson(await readUntouched(file));
  } catch {
    return undefined; // Not a manifest of ours, whatever it is.
  }
}

function isManifest(json: unknown): json is PackageManifest {
  if (typeof json !== "object" || json === null) return false;
  const { name, version, files, integrity } = json as Partial<Record<keyof PackageManifest, unknown>>;
  const isHash = typeof integrity === "string" && integrity.startsWith("sha512-");
  const isText = typeof name === "string" && typeof version === "string";
  return isHash && isText && typeof files === "object" && files !== null;
}

async function folderNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

import { homedir } from "node:os";
import { join } from "node:path";
import { huggingFacePaths } from "@smoltools/core/hugging-face";
import { defaultHubUrl, type Repo } from "../http/hub-client.ts";
import { sha256 } from "../integrity/hash.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder of the cache that all clients of the Hugging Face Hub share.
 *
 * `HF_HUB_CACHE`, else `HUGGINGFACE_HUB_CACHE`, else `$HF_HOME/hub`, else `$XDG_CACHE_HOME/huggingface/hub`, else
 * `~/.cache/huggingface/hub`.
 */
export function defaultCacheDir(env: Environment = process.env): string {
  return huggingFacePaths(env, homedir()).hubCache;
}

/**
 * The folder for packages of one hub.
 *
 * Commit ids are what a hub says they are: so that no hub can put its files in place of another one's, each has a folder
 * of its own. That of the public Hub is the one that its official clients share.
 *
 * @param cacheDir - The folder of the cache, if the caller names one. The folders of other hubs then lie inside it, in
 *   `hubs`; else in `$HF_HOME/smoltools/hubs`, where official clients that look through their cache do not meet them.
 */
export function hubCacheDir(hubUrl: string, cacheDir?: string, env: Environment = process.env): string {
  if (hubUrl === defaultHubUrl) return cacheDir ?? defaultCacheDir(env);
  return join(
    otherHubsDir(cacheDir, env),
    `${new URL(hubUrl).host.replace(/[^\w.-]/g, "_")}-${sha256(hubUrl).slice(0, 12)}`,
  );
}

/** The folder with a folder for each hub but the public one. */
export function otherHubsDir(cacheDir?: string, env: Environment = process.env): string {
  return join(cacheDir ?? join(huggingFacePaths(env, homedir()).home, "smoltools"), "hubs");
}

/** The folder of a repo inside the cache of its hub: `spaces--owner--name`. */
export function repoFolder(hubFolder: string, { repoType, repo }: Repo): string {
  return join(hubFolder, `${repoType}s--${repo.replaceAll("/", "--")}`);
}

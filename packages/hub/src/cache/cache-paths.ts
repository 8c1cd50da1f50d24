import { homedir } from "node:os";
import { join } from "node:path";
import type { Repo } from "../http/hub-client.ts";

/**
 * The folder of the cache that all clients of the Hub share.
 *
 * `HF_HUB_CACHE`, else `$HF_HOME/hub`, else `$XDG_CACHE_HOME/huggingface/hub`, else `~/.cache/huggingface/hub`.
 */
export function defaultCacheDir(env: Record<string, string | undefined> = process.env): string {
  if (env["HF_HUB_CACHE"]) return env["HF_HUB_CACHE"];
  if (env["HF_HOME"]) return join(env["HF_HOME"], "hub");
  return join(env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "huggingface", "hub");
}

/** The folder of a repo inside the cache: `spaces--owner--name`. */
export function repoFolder(cacheDir: string, { repoType, repo }: Repo): string {
  return join(cacheDir, `${repoType}s--${repo.replaceAll("/", "--")}`);
}

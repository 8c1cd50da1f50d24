import { join } from "node:path";
import { type RepoKey, type RepoType, repoTypes } from "../../repo/repo-key.ts";

/**
 * Where a hub keeps what:
 *
 * ```
 * spaces/acme/weather.git      the bare repository: `git clone` takes this folder
 * spaces/acme/weather.json     its record; a repo exists when this file does
 * spaces/acme/weather.lock     while a process changes the repo
 * releases.jsonl               the release log
 * .trash/                      repositories that are being deleted
 * ```
 */
export class Layout {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  get releaseLog(): string {
    return join(this.root, "releases.jsonl");
  }

  get releaseLock(): string {
    return join(this.root, "releases.lock");
  }

  get trash(): string {
    return join(this.root, ".trash");
  }

  /** The folder of all repos of a type; in it one folder for each namespace. */
  repos(type: RepoType): string {
    const [plural = ""] = [...repoTypes].find(([, singular]) => singular === type) ?? [];
    return join(this.root, plural);
  }

  namespace(key: RepoKey): string {
    return join(this.repos(key.type), key.namespace);
  }

  gitdir(key: RepoKey): string {
    return join(this.namespace(key), `${key.name}.git`);
  }

  record(key: RepoKey): string {
    return join(this.namespace(key), `${key.name}.json`);
  }

  lock(key: RepoKey): string {
    return join(this.namespace(key), `${key.name}.lock`);
  }
}

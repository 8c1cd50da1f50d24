import { join } from "node:path";
import { type RepoKey, type RepoType, repoTypes } from "../../repo/repo-key.ts";

/**
 * Where a hub keeps what:
 *
 * ```
 * spaces/acme/weather.git/            the bare repository: `git clone` takes this folder
 * spaces/acme/weather.git/hub.json    its record: a repo exists when this file does
 * spaces/acme/weather.git/lfs/        its Git LFS objects
 * spaces/acme/weather.lock            while a process changes the repo
 * releases.jsonl                      the release log
 * moves.lock                          while a process moves a repo, or copies all of them
 * signing.key                         the secret that addresses of Git LFS objects are signed with
 * .new/                               repositories that are being made
 * .trash/                             repositories that are being deleted
 * ```
 *
 * A repo is made, moved and deleted by renaming its folder: all of it is there, or nothing.
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

  get moveLock(): string {
    return join(this.root, "moves.lock");
  }

  get signingKey(): string {
    return join(this.root, "signing.key");
  }

  get unfinished(): string {
    return join(this.root, ".new");
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

  lock(key: RepoKey): string {
    return join(this.namespace(key), `${key.name}.lock`);
  }
}

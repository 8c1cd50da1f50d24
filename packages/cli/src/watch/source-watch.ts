import { type FSWatcher, watch } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";

/** How long files have to be quiet before a change is told: editors save in several steps. In milliseconds. */
const debounceMs = 80;
/** How often files are looked at besides: some file systems tell of no changes, and folders come and go. In milliseconds. */
const pollMs = 500;

/**
 * Watches a set of files for changes of any kind: written in place, replaced by another file, deleted, made anew, their
 * folder gone and back. Dispose it: it holds watchers and a timer.
 */
export class SourceWatch implements Disposable {
  /** What was last seen of each file; `gone` for one that is not there. */
  readonly #seen = new Map<string, string>();
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #poll: NodeJS.Timeout;
  #quiet: NodeJS.Timeout | undefined;
  #isChanged = false;
  #wake: (() => void) | undefined;
  #looking: Promise<void> | undefined;
  #disposed = false;

  constructor() {
    this.#poll = setInterval(() => void this.#look(), pollMs);
  }

  /**
   * Watches exactly these files. What changes from now on is told.
   *
   * @param readAt - When reading files began of which it became known only then that they matter: what has changed in
   *   one of them since is told too. ms since 1970.
   */
  async watch(files: readonly string[], readAt: number = Number.POSITIVE_INFINITY): Promise<void> {
    for (const file of this.#seen.keys()) if (!files.includes(file)) this.#seen.delete(file);
    for (const file of files) {
      if (this.#seen.has(file)) continue;
      this.#seen.set(file, await stamp(file));
      if (await hasChangedSince(file, readAt)) this.#tellSoon();
    }
    const folders = new Set(files.map((file) => dirname(file)));
    for (const folder of this.#watchers.keys()) if (!folders.has(folder)) this.#unwatch(folder);
    for (const folder of folders) this.#watchFolder(folder);
  }

  /** Resolves when something has changed since the last time that it did, or when the signal is aborted. */
  async changed(signal: AbortSignal): Promise<void> {
    if (!this.#isChanged && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = () => {
          signal.removeEventListener("abort", done);
          this.#wake = undefined;
          resolve();
        };
        this.#wake = done;
        signal.addEventListener("abort", done);
      });
    }
    this.#isChanged = false;
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#quiet);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #watchFolder(folder: string): void {
    if (this.#disposed || this.#watchers.has(folder)) return;
    try {
      // The folder, because a watcher of the file would follow it when another one takes its place.
      const watcher = watch(folder, (_event, name) => {
        if (name === null || this.#isWatched(folder, name)) this.#look().catch(() => undefined);
      });
      watcher.on("error", () => this.#unwatch(folder));
      this.#watchers.set(folder, watcher);
    } catch {
      // A folder that is not there, or a system that watches no more: the timer looks.
    }
  }

  #isWatched(folder: string, name: string): boolean {
    // A folder that goes away tells its own name.
    return (
      [...this.#seen.keys()].some((file) => dirname(file) === folder && basename(file) === name) ||
      name === basename(folder)
    );
  }

  #unwatch(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  /** Looks at all files, and tells when what is found has been the same for a moment. */
  #look(): Promise<void> {
    this.#looking ??= this.#compare().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #compare(): Promise<void> {
    for (const [file, before] of this.#seen) {
      const now = await stamp(file);
      if (now === before || !this.#seen.has(file)) continue;
      this.#seen.set(file, now);
      // A watcher of a folder that was replaced tells nothing any more.
      if (now === gone || before === gone) this.#unwatch(dirname(file));
      this.#watchFolder(dirname(file));
      this.#tellSoon();
    }
  }

  #tellSoon(): void {
    if (this.#disposed) return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.#isChanged = true;
      this.#wake?.();
    }, debounceMs);
  }
}

async function hasChangedSince(file: string, ms: number): Promise<boolean> {
  if (ms === Number.POSITIVE_INFINITY) return false;
  try {
    return (await stat(file)).mtimeMs >= ms;
  } catch {
    return true;
  }
}

const gone = "gone";

/** What changes with a file: which one it is, its size, its time. */
async function stamp(file: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(file, { bigint: true });
    return `${ino}:${size}:${mtimeNs}`;
  } catch {
    return gone;
  }
}

import { realpath } from "node:fs/promises";
import { writeAtomically } from "../shared/write-atomically.ts";
import { LockError } from "../errors/lock-error.ts";
import { contradiction } from "./contradiction.ts";
import { readFileWithin } from "../shared/read-file-within.ts";
import { exclusively } from "../shared/exclusively.ts";
import { formatLock, type LockData, type LockEntry } from "./lock-data.ts";
import { parseLock } from "./parse-lock.ts";

/** Largest lock file that is read, in bytes. */
const maxBytes = 16 * 1024 * 1024;

/**
 * A lock file on disk. Reading never changes it; writing keeps the entries of other refs, and whatever else a later
 * version of smoltools has put there.
 */
export class LockFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /**
   * Everything that is locked; nothing when the file does not exist.
   *
   * @throws LockError `LOCK_INVALID`.
   */
  async read(): Promise<LockData> {
    const found = await readFileWithin(this.path, maxBytes);
    if (!found) return { lockfileVersion: 1, packages: {} };
    if (!found.bytes) {
      throw new LockError(`${this.path} has ${found.size} bytes: that is no lock file. Restore it, or delete it`, {
        code: "LOCK_INVALID",
        data: { path: this.path, size: found.size },
      });
    }
    return parseLock(new TextDecoder().decode(found.bytes), this.path);
  }

  /** The entry of a ref. */
  async entry(ref: string): Promise<LockEntry | undefined> {
    const { packages } = await this.read();
    return Object.hasOwn(packages, ref) ? packages[ref] : undefined;
  }

  /**
   * Locks a ref, unless it is locked already: what is locked stays.
   *
   * @returns The entry that holds: another one where another process was first.
   * @throws LockError `LOCK_INTEGRITY` or `LOCK_TAG_MOVED` when another entry contradicts it.
   */
  async add(ref: string, entry: LockEntry): Promise<LockEntry> {
    let held = entry;
    await this.#change((packages) => {
      const before = Object.hasOwn(packages, ref) ? packages[ref] : undefined;
      held = before ?? entry;
      return before ? {} : { [ref]: entry };
    });
    return held;
  }

  /**
   * Locks refs anew, all of them or none. A version that is locked keeps its content even then.
   *
   * @throws LockError `LOCK_INTEGRITY` or `LOCK_TAG_MOVED` when an entry contradicts one that is there.
   */
  async replace(entries: Readonly<Record<string, LockEntry>>): Promise<void> {
    await this.#change(() => entries);
  }

  /**
   * Forgets refs, and sources of tools by their names.
   *
   * @returns Those that were locked.
   */
  async remove(names: readonly string[]): Promise<string[]> {
    let removed: string[] = [];
    await this.#rewrite((data) => {
      removed = names.filter((name) => Object.hasOwn(data.packages, name) || Object.hasOwn(data.sources ?? {}, name));
      const { sources, ...rest } = data;
      const kept = sources && without(sources, removed);
      return { ...rest, packages: without(data.packages, removed), ...(hasMembers(kept) && { sources: kept }) };
    });
    return removed;
  }

  /**
   * Remembers what the tools of a source declare, as far as it was not known. What is known stays.
   *
   * @param fingerprints - By the name of the tool.
   * @returns The tools that are remembered with another fingerprint.
   */
  async pin(source: string, fingerprints: Readonly<Record<string, string>>): Promise<string[]> {
    let changed: string[] = [];
    await this.#rewrite((data) => {
      const known = new Map(
        Object.entries((Object.hasOwn(data.sources ?? {}, source) && data.sources?.[source]) || {}),
      );
      changed = Object.keys(fingerprints).filter(
        (tool) => (known.get(tool) ?? fingerprints[tool]) !== fingerprints[tool],
      );
      const merged = Object.fromEntries([...Object.entries(fingerprints), ...known]);
      return changed.length > 0 ? data : { ...data, sources: { ...data.sources, [source]: merged } };
    });
    return changed;
  }

  /** Adds entries, or puts them in place of others. */
  #change(
    change: (packages: Readonly<Record<string, LockEntry>>) => Readonly<Record<string, LockEntry>>,
  ): Promise<void> {
    return this.#rewrite((data) => {
      const packages = new Map(Object.entries(data.packages));
      for (const [ref, entry] of Object.entries(change(data.packages))) {
        checkMerge(ref, entry, data.packages);
        packages.set(ref, entry);
      }
      return { ...data, packages: Object.fromEntries(packages) };
    });
  }

  /** Nobody else writes meanwhile. A file that would stay as it is is not written. */
  #rewrite(change: (data: LockData) => LockData): Promise<void> {
    return exclusively(this.path, async () => {
      const data = await this.read();
      const before = formatLock(data);
      const after = formatLock(change(data));
      if (after === before) return;
      // A link stays a link.
      const path = await realpath(this.path).catch(() => this.path);
      await writeAtomically(path, after, { temporaryPath: `${path}.unfinished` });
    });
  }
}

function without<Value>(members: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

function hasMembers(members: object | undefined): members is object {
  return members !== undefined && Object.keys(members).length > 0;
}

/** Integrity is merged, never overwritten: not even by the entry of the same ref. */
function checkMerge(ref: string, entry: LockEntry, packages: Readonly<Record<string, LockEntry>>): void {
  for (const [other, locked] of Object.entries(packages)) {
    const found = contradiction(entry, locked);
    if (!found) continue;
    throw new LockError(
      `${ref} leads to ${found.name} with another ${found.about} than the lock file has of it (${other}): a published ` +
        "version never changes, so find out why. If it is right, remove its entries and lock it anew: " +
        `smoltools remove ${other}`,
      {
        code: found.about === "integrity" ? "LOCK_INTEGRITY" : "LOCK_TAG_MOVED",
        data: { ref, other, locked: locked[found.about], now: entry[found.about] },
      },
    );
  }
}

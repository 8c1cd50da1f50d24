import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { LruMap } from "../../../lru-map.ts";
import { flush } from "../files/atomic-write.ts";
import { fileStamp } from "../files/file-stamp.ts";
import { hasCode, unlessMissing } from "../../../../shared/has-code.ts";

/** A ref of the `packed-refs` file. */
export interface PackedRef {
  oid: string;
  /** What an annotated tag points at; of other refs `oid` itself. Absent: the file does not say. */
  commit?: string;
}

/** What a `packed-refs` file says, by full name such as `refs/tags/v1.0.0`. */
export type PackedRefsTable = ReadonlyMap<string, PackedRef>;

/** A table that was read, and the file it was read from. */
interface Known {
  stamp: string;
  table: PackedRefsTable;
}

/** How many refs of all repos stay in memory. */
const maxKnownRefs = 200_000;
const none: PackedRefsTable = new Map();

/**
 * Reads and writes the `packed-refs` files of repositories: one file for many refs, where git would otherwise read one
 * file for each. What was read is kept until the file is another one.
 *
 * Source: https://git-scm.com/docs/git-pack-refs and `refs/packed-backend.c` of git for the header.
 */
export class PackedRefs {
  readonly #known = new LruMap<Known>(maxKnownRefs);

  /** @param gitdir - The bare repository. */
  async read(gitdir: string): Promise<PackedRefsTable> {
    const path = join(gitdir, "packed-refs");
    const stamp = await fileStamp(path);
    if (!stamp) return none;
    const known = this.#known.get(gitdir);
    if (known?.stamp === stamp.text) return known.table;
    // The file that is read may be newer than the one that was looked at. Then it is read once more the next time.
    const table = parse((await unlessMissing(readFile(path, "utf8"))) ?? "");
    if (stamp.sure) this.#known.set(gitdir, { stamp: stamp.text, table }, 1 + table.size);
    return table;
  }

  /**
   * Replaces the file, as git does: nobody else does it at the same time, and a reader sees the old one or the new one.
   *
   * @param change - Makes the new table from the present one.
   * @returns False when a git process is changing it right now.
   */
  async change(gitdir: string, change: (table: PackedRefsTable) => Promise<PackedRefsTable>): Promise<boolean> {
    const path = join(gitdir, "packed-refs");
    const lock = `${path}.lock`;
    try {
      await using file = await open(lock, "wx");
      // Not the one in memory: what is written here replaces the file.
      const table = await change(parse((await unlessMissing(readFile(path, "utf8"))) ?? ""));
      await file.writeFile(format(table));
      await file.sync();
    } catch (error) {
      if (hasCode(error, "EEXIST")) return false;
      await rm(lock, { force: true });
      throw error;
    }
    await rename(lock, path);
    await flush(gitdir);
    return true;
  }
}

function parse(text: string): PackedRefsTable {
  const peeled = /^#.* fully-peeled /.test(text);
  const table = new Map<string, PackedRef>();
  for (const [, oid = "", ref = "", target] of text.matchAll(/^([0-9a-f]{40}) (\S+)(?:\n\^([0-9a-f]{40}))?$/gm)) {
    const commit = target ?? (peeled ? oid : undefined);
    table.set(ref, commit === undefined ? { oid } : { oid, commit });
  }
  return table;
}

/** Only a table in which every ref says its commit is one that git calls fully peeled. */
function format(table: PackedRefsTable): string {
  const refs = [...table].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const peeled = refs.every(([, { commit }]) => commit !== undefined);
  const lines = [`# pack-refs with: ${peeled ? "peeled fully-peeled " : ""}sorted `];
  for (const [ref, { oid, commit }] of refs) {
    lines.push(`${oid} ${ref}`);
    if (commit !== undefined && commit !== oid) lines.push(`^${commit}`);
  }
  return `${lines.join("\n")}\n`;
}

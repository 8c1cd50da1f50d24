import type { Commit, LfsObject } from "../../hub-storage.ts";
import { LruMap } from "../../../lru-map.ts";
import type { PackIndex } from "./packs/pack-index.ts";
import type { TreeEntry } from "./parse-object.ts";

/**
 * What was read of git objects, for all repos of a server. Objects never change, so nothing here is ever stale; keys
 * start with the random id of the repo's record, so nothing outlives a repo that is deleted and made again.
 */
export class ObjectCache {
  readonly commits: LruMap<Commit> = new LruMap(20_000);
  /** Weighed by the number of entries. */
  readonly trees: LruMap<readonly TreeEntry[]> = new LruMap(100_000);
  /** By path and state of the file; weighed by its bytes. */
  readonly packIndexes: LruMap<PackIndex> = new LruMap(64 * 1024 * 1024);
  readonly blobSizes: LruMap<number> = new LruMap(100_000);
  /** What small files say that could be Git LFS pointers; without an object those that are none. */
  readonly pointers: LruMap<{ object: LfsObject | undefined }> = new LruMap(20_000);
  /** How many commits lead to one. */
  readonly historyLengths: LruMap<number> = new LruMap(20_000);
  /** By commit and path: the commit that last changed what is there. */
  readonly lastChanges: LruMap<string> = new LruMap(50_000);
}

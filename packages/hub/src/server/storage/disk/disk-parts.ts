import type { HubLimits } from "../../hub-limits.ts";
import { FileLocks } from "./locks/file-locks.ts";
import { Layout } from "./layout.ts";
import { ObjectCache } from "./objects/object-cache.ts";
import { LooseRefs } from "./refs/loose-refs.ts";
import { PackedRefs } from "./refs/packed-refs.ts";
import type { RefCaches } from "./refs/ref-store.ts";
import { ReleaseLogFile } from "./releases/release-log-file.ts";
import { RepoRecords } from "./repo-records.ts";

/** The limits that the storage keeps. */
export type DiskLimits = Pick<HubLimits, "lockTimeoutMs" | "maxLfsRepoBytes">;

/** What all repos of a hub share. */
export interface DiskParts {
  limits: DiskLimits;
  layout: Layout;
  locks: FileLocks;
  records: RepoRecords;
  releases: ReleaseLogFile;
  cache: ObjectCache;
  refs: RefCaches;
}

/** The parts of a hub in a folder. Nothing is read or written yet. */
export function diskParts(root: string, limits: DiskLimits): DiskParts {
  const layout = new Layout(root);
  const locks = new FileLocks(limits.lockTimeoutMs);
  return {
    limits,
    layout,
    locks,
    records: new RepoRecords(layout),
    releases: new ReleaseLogFile(layout, locks),
    cache: new ObjectCache(),
    refs: { loose: new LooseRefs(), packed: new PackedRefs() },
  };
}

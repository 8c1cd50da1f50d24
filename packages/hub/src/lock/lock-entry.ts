import { declarationsFingerprint } from "../integrity/manifest-integrity.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { ResolvedRef } from "../resolve/resolve.ts";
import type { LockEntry } from "./lock-file.ts";

/** The entry with which a lock file pins a package. */
export function lockEntry(hub: string, resolved: ResolvedRef, manifest: Manifest): LockEntry {
  return {
    hub,
    repoType: resolved.repoType,
    repo: resolved.repo,
    ...(resolved.version !== undefined && { version: resolved.version }),
    commit: resolved.commit,
    integrity: manifest.integrity,
    permissions: manifest.permissions,
    declarations: declarationsFingerprint(manifest.tools),
  };
}

/** What a locked ref stands for: no hub is asked. */
export function resolvedFromLock({ repoType, repo, commit, version }: LockEntry): ResolvedRef {
  return { repoType, repo, commit, ...(version !== undefined && { version, name: `v${version}` }) };
}

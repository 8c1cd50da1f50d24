import type { LockEntry } from "../lock-data.ts";

/** An entry of a package that there is not. */
export function entryOf(repo: string, version: string): LockEntry {
  const hash = `sha512-${"A".repeat(86)}==`;
  return {
    hub: "https://hub.example",
    repoType: "space",
    repo,
    version,
    commit: Buffer.from(version).toString("hex").padEnd(40, "0"),
    integrity: hash,
    permissions: { net: [], env: [], read: [], write: [], run: [] },
    declarations: hash,
  };
}

import { createHash } from "node:crypto";
import { canonicalJson } from "@smoltools/core";

/** One release: one line of the release log. */
export interface ReleaseEntry {
  /** 1, 2, 3 … */
  seq: number;
  /** The repo, such as `spaces/acme/weather`; of a private one `private/` and its random id. */
  repo: string;
  /** Such as `v1.2.3`. */
  tag: string;
  /** 40 hexadecimal digits. */
  commit: string;
  /** ISO 8601, UTC. */
  at: string;
  /** `hash` of the entry before; of the first entry {@link emptyReleaseLog}'s. */
  prev: string;
  /** SHA-256 of the canonical JSON of the other fields, in hexadecimal. */
  hash: string;
}

/** The end of a release log: what a reader keeps to see later that nothing before it was changed. */
export interface ReleaseLogHead {
  seq: number;
  hash: string;
}

/** The end of a log without entries. */
export const emptyReleaseLog: Readonly<ReleaseLogHead> = Object.freeze({ seq: 0, hash: "0".repeat(64) });

/** The hash that an entry must have. */
export function releaseEntryHash(entry: Omit<ReleaseEntry, "hash">): string {
  const { seq, repo, tag, commit, at, prev } = entry;
  return createHash("sha256").update(canonicalJson({ seq, repo, tag, commit, at, prev })).digest("hex");
}

/** True for values that have the shape of an entry; says nothing of its hash. */
export function isReleaseEntry(value: unknown): value is ReleaseEntry {
  if (typeof value !== "object" || value === null) return false;
  const { seq, repo, tag, commit, at, prev, hash } = value as Partial<Record<keyof ReleaseEntry, unknown>>;
  return typeof seq === "number" && [repo, tag, commit, at, prev, hash].every((text) => typeof text === "string");
}

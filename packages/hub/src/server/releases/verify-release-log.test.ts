import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyReleaseLog, type ReleaseEntry, releaseEntryHash } from "./release-entry.ts";
import { verifyReleaseLog } from "./verify-release-log.ts";

function logOf(...tags: string[]): ReleaseEntry[] {
  const entries: ReleaseEntry[] = [];
  for (const [index, tag] of tags.entries()) {
    const prev = entries.at(-1)?.hash ?? emptyReleaseLog.hash;
    const at = "2026-01-01T00:00:00Z";
    const fields = { seq: index + 1, repo: "spaces/acme/w", tag, commit: "c".repeat(40), at, prev };
    entries.push({ ...fields, hash: releaseEntryHash(fields) });
  }
  return entries;
}

const log = logOf("v1.0.0", "v1.1.0", "v2.0.0");

test("an unbroken log leads to its head", () => {
  expect(verifyReleaseLog(log)).toEqual({ seq: 3, hash: log[2]?.hash });
});

test("a log can be verified in parts", () => {
  const head = verifyReleaseLog(log.slice(0, 1));
  expect(verifyReleaseLog(log.slice(1), head)).toEqual(verifyReleaseLog(log));
});

test("nothing new leaves the head where it is", () => {
  expect(verifyReleaseLog([])).toEqual(emptyReleaseLog);
});

test("a rewritten log does not continue what is known", () => {
  const known = verifyReleaseLog(log.slice(0, 1));
  const other = logOf("v1.0.1", "v1.1.0");
  expect(() => verifyReleaseLog(other.slice(1), known)).toThrowError(/entry 2: .*rewritten/);
});

test("a version that is released twice is found", () => {
  expect(() => verifyReleaseLog(logOf("v1.0.0", "v1.0.0"))).toThrowError(/entry 2: .*released before/);
});

test.each([[null], [{}], [{ ...log[0], seq: "1" }], ["x"]])("%j is no entry", (entry) => {
  expect(() => verifyReleaseLog([entry])).toThrowError(/entry 1: it is no entry/);
});

test("any change of any field, and any entry left out or swapped, is found", () => {
  const change = fc.record({
    at: fc.nat(2),
    field: fc.constantFrom("repo", "tag", "commit", "at", "prev", "hash"),
    text: fc.string(),
  });
  fc.assert(
    fc.property(change, ({ at, field, text }) => {
      const changed = log.map((entry, index) => (index === at ? { ...entry, [field]: text } : entry));
      expect(() => verifyReleaseLog(changed)).toThrowError(expect.objectContaining({ code: "HUB_RELEASE_LOG_BROKEN" }));
    }),
  );
  expect(() => verifyReleaseLog([log[0], log[2]])).toThrowError(/entry 2/);
  expect(() => verifyReleaseLog([log[1], log[0]])).toThrowError(/entry 1/);
});

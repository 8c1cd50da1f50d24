import { expect, test } from "vitest";
import { followReleaseLog } from "./follow-release-log.ts";
import { emptyReleaseLog, type ReleaseEntry, releaseEntryHash } from "./release-entry.ts";

function chain(count: number, name = "acme"): ReleaseEntry[] {
  const entries: ReleaseEntry[] = [];
  for (let seq = 1; seq <= count; seq++) {
    const prev = entries.at(-1)?.hash ?? emptyReleaseLog.hash;
    const entry = { seq, repo: `${name}/x`, tag: `v${seq}.0.0`, commit: "a".repeat(40), at: "2026-11-21", prev };
    entries.push({ ...entry, hash: releaseEntryHash(entry) });
  }
  return entries;
}

const headOf = (entries: ReleaseEntry[]) => {
  const { seq, hash } = entries.at(-1) ?? emptyReleaseLog;
  return { seq, hash };
};
/** A hub that shows three entries at a time. */
const hubWith = (entries: ReleaseEntry[]) => async (after: number) => ({
  entries: entries.slice(after, after + 3),
  head: headOf(entries),
});

test.each([0, 1, 3, 8])("a log of %i entries is followed to its end", async (count) => {
  const entries = chain(count);
  expect(await followReleaseLog(hubWith(entries))).toEqual({ head: headOf(entries), entries });
});

test("from a known head on only what is new is read", async () => {
  const entries = chain(8);
  const known = headOf(entries.slice(0, 5));
  expect((await followReleaseLog(hubWith(entries), known)).entries).toEqual(entries.slice(5));
  expect((await followReleaseLog(hubWith(entries), headOf(entries))).entries).toEqual([]);
});

test.each<[string, (after: number) => unknown, RegExp]>([
  ["another history", hubWith(chain(8, "evil")), /does not continue|rewritten/],
  ["another history of the same length", hubWith(chain(5, "evil")), /rewritten/],
  ["a shorter history", hubWith(chain(3)), /its head is entry 3/],
  ["a head whose entries are missing", () => ({ entries: [], head: { seq: 9, hash: "x" } }), /missing/],
  ["no entries at all", () => ({ error: "no" }), /none of a hub/],
  ["nothing", () => null, /none of a hub/],
])("a hub that shows %s is not believed", async (_, answer, message) => {
  const known = headOf(chain(5));
  const following = followReleaseLog(async (after) => answer(after), known);
  await expect(following).rejects.toMatchObject({
    code: "HUB_RELEASE_LOG_BROKEN",
    message: expect.stringMatching(message),
  });
});

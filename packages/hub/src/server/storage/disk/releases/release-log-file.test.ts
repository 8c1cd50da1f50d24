import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { verifyReleaseLog } from "../../../releases/verify-release-log.ts";
import { FileLocks } from "../locks/file-locks.ts";
import { Layout } from "../layout.ts";
import { ReleaseLogFile } from "./release-log-file.ts";

const commit = "c".repeat(40);
let layout: Layout;
beforeEach(async () => {
  layout = new Layout(await mkdtemp(join(tmpdir(), "release-log-")));
});
afterEach(() => rm(layout.root, { recursive: true, force: true }));

const openLog = () => new ReleaseLogFile(layout, new FileLocks(10_000));

test("releases are added to one chain, by several processes too", async () => {
  const [one, two] = [openLog(), openLog()];
  const versions = Array.from({ length: 10 }, (_, index) => `v1.${index}.0`);
  await Promise.all(versions.map((tag, index) => (index % 2 ? one : two).append("spaces/acme/w", [{ tag, commit }])));
  const { entries, head } = await openLog().page(0, 100);
  expect(verifyReleaseLog(entries)).toEqual(head);
  expect(entries.map(({ tag }) => tag).sort()).toEqual(versions);
});

test("a page starts after a number and says where the whole log ends", async () => {
  const log = openLog();
  for (const tag of ["v1.0.0", "v1.0.1", "v1.0.2"]) await log.append("acme/w", [{ tag, commit }]);
  const { entries, head } = await log.page(1, 1);
  expect(entries.map(({ seq, tag }) => [seq, tag])).toEqual([[2, "v1.0.1"]]);
  expect(head.seq).toBe(3);
});

test("the same release again is the same entry, another commit is refused", async () => {
  await openLog().append("acme/w", [{ tag: "v1.0.0", commit }]);
  await openLog().append("acme/w", [{ tag: "v1.0.0", commit }]);
  const other = openLog().append("acme/w", [{ tag: "v1.0.0", commit: "d".repeat(40) }]);
  await expect(other).rejects.toMatchObject({ code: "HUB_RELEASE_IMMUTABLE" });
  expect((await openLog().page(0, 10)).entries).toHaveLength(1);
});

test("a line that a crash left unfinished is not read, and cut off by the next release", async () => {
  const log = openLog();
  await log.append("acme/w", [{ tag: "v1.0.0", commit }]);
  await appendFile(layout.releaseLog, '{"seq":2,"repo":"ac');
  expect((await log.page(0, 10)).entries).toHaveLength(1);
  await log.append("acme/w", [{ tag: "v1.0.1", commit }]);
  const { entries, head } = await openLog().page(0, 10);
  expect(verifyReleaseLog(entries)).toEqual(head);
  expect(entries).toHaveLength(2);
});

test.each([
  ["changed", (text: string) => text.replace("v1.0.0", "v9.0.0")],
  ["made garbage", () => "garbage\n"],
])("a log that was %s is not added to", async (_, change) => {
  await openLog().append("acme/w", [{ tag: "v1.0.0", commit }]);
  await writeFile(layout.releaseLog, change(await readFile(layout.releaseLog, "utf8")));
  const added = openLog().append("acme/w", [{ tag: "v1.0.1", commit }]);
  await expect(added).rejects.toMatchObject({ code: "HUB_RELEASE_LOG_BROKEN" });
});

test.each([
  ["cut short", () => writeFile(layout.releaseLog, "")],
  ["removed", () => rm(layout.releaseLog)],
])("a running hub notices that the log was %s", async (_, damage) => {
  const log = openLog();
  await log.append("acme/w", [{ tag: "v1.0.0", commit }]);
  await damage();
  await expect(log.page(0, 10)).rejects.toMatchObject({ code: "HUB_RELEASE_LOG_BROKEN" });
});

import { createHash } from "node:crypto";
import { appendFile, chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DiskStorage } from "./disk-storage.ts";
import {
  openTestStorage,
  release,
  space,
  type TestStorage,
  writeFileTo,
  writeLfsFileTo,
} from "./test-support/test-storage.ts";
import { verifyStorage } from "./verify-storage.ts";

let hub: TestStorage;
let target: string;
const large = Buffer.from("large");
const oid = createHash("sha256").update(large).digest("hex");

beforeEach(async () => {
  hub = await openTestStorage();
  target = join(hub.root, "..", `${hub.root.split("/").at(-1)}-copy`);
});
afterEach(async () => {
  await rm(target, { recursive: true, force: true });
  await hub[Symbol.asyncDispose]();
});

/** A hub with a repo that has all there is. */
async function fill(): Promise<void> {
  const repo = await hub.create("acme/w");
  await writeFileTo(repo, "d/b", "B");
  await writeLfsFileTo(repo, "large.bin", oid, large);
  await release(repo, "v1.0.0");
}

test("a hub that is started on a copy has everything, and goes on", async () => {
  await fill();
  await writeFile(join(hub.root, "users.json"), "{}");
  await hub.storage.backUp(target);
  expect((await verifyStorage(target)).problems).toEqual([]);
  expect(await readFile(join(target, "users.json"), "utf8")).toBe("{}");
  const copy = await DiskStorage.open(target);
  const repo = await copy.openRepo(space("acme/w"));
  expect(await repo?.resolve("v1.0.0")).toBe(hub.git("acme/w", "rev-parse", "v1.0.0^{commit}"));
  expect(await repo?.lfs.committedSize(oid)).toBe(large.length);
  if (repo) await release(repo, "v1.0.1");
  expect((await verifyStorage(target)).releases).toBe(2);
});

test("a copy that is made while commits and versions are added is whole", async () => {
  const repos = await Promise.all(["acme/a", "acme/b"].map((id) => hub.create(id)));
  const copied = new AbortController();
  const writers = repos.map(async (repo) => {
    for (let count = 0; !copied.signal.aborted || count < 20; count += 1) {
      await writeFileTo(repo, `file-${count}`, `${count}`);
      await release(repo, `v1.0.${count}`);
    }
  });
  await hub.storage.backUp(target);
  copied.abort();
  await Promise.all(writers);
  const report = await verifyStorage(target);
  expect(report).toMatchObject({ repos: 2, problems: [] });
  expect((await verifyStorage(hub.root)).problems).toEqual([]);
});

test("a repo that is moved while the copy is made is in it once", async () => {
  for (const id of ["acme/a", "acme/z"]) await hub.create(id);
  const moves = (async () => {
    for (let count = 0; count < 10; count += 1) {
      await hub.storage.moveRepo(space("acme/z"), space("acme/0"), { released: true });
      await hub.storage.moveRepo(space("acme/0"), space("acme/z"), { released: true });
    }
  })();
  await hub.storage.backUp(target);
  await moves;
  expect(await verifyStorage(target)).toMatchObject({ repos: 2, problems: [] });
});

test("a copy has no locks, no unfinished files and not the secret that addresses are signed with", async () => {
  await fill();
  await hub.storage.sign("x");
  for (const path of ["tmp_obj_1", "spaces/acme/w.git/objects/tmp_obj_2", "users.lock"]) {
    await writeFile(join(hub.root, path), "");
  }
  await hub.storage.backUp(target);
  const names = (await readdir(target, { recursive: true })).filter((name) => /tmp_obj_|\.lock|signing/.test(name));
  expect(names).toEqual([]);
});

test("a folder that exists is not overwritten, and a copy that fails leaves nothing", async () => {
  await fill();
  await mkdir(target);
  await expect(hub.storage.backUp(target)).rejects.toMatchObject({ code: "HUB_ALREADY_EXISTS" });
  await rm(target, { recursive: true });
  await writeFile(join(hub.root, "spaces/acme/w.git/hub.json"), "{");
  await expect(hub.storage.backUp(target)).rejects.toMatchObject({ code: "HUB_STORAGE_BROKEN" });
  expect((await readdir(join(target, ".."))).filter((name) => name.includes(`${hub.root.split("/").at(-1)}-`))).toEqual(
    [],
  );
});

test("what is there is counted", async () => {
  await fill();
  expect(await verifyStorage(hub.root)).toEqual({
    repos: 1,
    commits: 3,
    lfsObjects: 1,
    releases: 1,
    problems: [],
    notes: [],
    objects: expect.any(Number),
  });
  expect((await readdir(hub.root)).sort()).toEqual([".new", "releases.jsonl", "spaces"]);
});

/** The file of an object of the repo. */
function objectFile(revision: string): string {
  const id = hub.git("acme/w", "rev-parse", revision);
  return join(hub.root, "spaces/acme/w.git/objects", id.slice(0, 2), id.slice(2));
}

test.each<[string, () => Promise<unknown>, RegExp]>([
  ["a missing file", () => rm(objectFile("main:a")), /spaces\/acme\/w: .*it is missing/],
  ["a missing folder", () => rm(objectFile("main:d")), /it is missing/],
  ["a missing commit", () => rm(objectFile("main~1")), /it is missing/],
  [
    "the bytes of another file",
    async () => rename(objectFile("main:d/b"), objectFile("main:a")),
    /its bytes are others/,
  ],
  [
    "a torn file",
    async () => {
      await chmod(objectFile("main:a"), 0o644);
      await writeFile(objectFile("main:a"), (await readFile(objectFile("main:a"))).subarray(0, 5));
    },
    /w: .*\(a in commit/,
  ],
  [
    "other bytes of a Git LFS object",
    () => writeFile(join(hub.root, "spaces/acme/w.git/lfs/objects", oid.slice(0, 2), oid.slice(2, 4), oid), "LARGE"),
    /the Git LFS object .* has other bytes/,
  ],
  ["a changed release log", () => writeFile(join(hub.root, "releases.jsonl"), "garbage\n"), /no entry/],
  [
    "a release log without a version",
    () => rm(join(hub.root, "releases.jsonl")),
    /v1\.0\.0, .* is not in the release log/,
  ],
  ["a moved version", async () => hub.git("acme/w", "tag", "-f", "v1.0.0", "main~1"), /is .* in the release log/],
  ["a broken record", () => writeFile(join(hub.root, "spaces/acme/w.git/hub.json"), "{"), /record/],
])("%s is found", async (_, damage, problem) => {
  await fill();
  await damage();
  expect((await verifyStorage(hub.root)).problems.join("\n")).toMatch(problem);
});

test("a Git LFS object that is gone is noted: it may have been a text that looks so", async () => {
  await fill();
  await rm(join(hub.root, "spaces/acme/w.git/lfs"), { recursive: true });
  const { problems, notes } = await verifyStorage(hub.root);
  expect([problems, notes]).toEqual([[], [expect.stringContaining(oid)]]);
});

test("a release log whose last line is just being written is whole", async () => {
  await fill();
  await appendFile(join(hub.root, "releases.jsonl"), '{"seq":2');
  await hub.storage.backUp(target);
  expect((await verifyStorage(target)).problems).toEqual([]);
});

test("a folder that does not exist is no hub", async () => {
  await expect(verifyStorage(join(hub.root, "missing"))).rejects.toMatchObject({ code: "HUB_BAD_OPTIONS" });
});

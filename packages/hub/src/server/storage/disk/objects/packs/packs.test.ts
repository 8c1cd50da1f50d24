import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { LruMap } from "../../../../lru-map.ts";
import { PackIndex } from "./pack-index.ts";
import { Packs } from "./packs.ts";

const random = randomBytes(100_000);

let folder: string;
let template: string;
let copies = 0;

function git(repo: string, ...args: string[]): string {
  const who = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "gc.auto=0"];
  return execFileSync("git", ["-C", repo, ...who, ...args], { encoding: "utf8", stdio: "pipe" }).trim();
}

/** A bare repository, packed, of a history in which files change little from commit to commit. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "packs-"));
  const work = join(folder, "work");
  git(folder, "init", "-q", work);
  for (let version = 0; version < 8; version++) {
    const lines = Array.from({ length: 2_000 }, (_, line) => `line ${line}, ${line % 8 < version ? "new" : "old"}`);
    await writeFile(join(work, "text"), lines.join("\n"));
    await writeFile(join(work, "random"), Buffer.concat([random, Buffer.from(String(version))]));
    await writeFile(join(work, "empty"), "");
    git(work, "add", ".");
    git(work, "commit", "-q", "-m", `version ${version}`);
  }
  git(work, "tag", "-a", "-m", "a tag", "v1");
  template = join(folder, "template");
  git(folder, "clone", "-q", "--bare", "--no-local", work, template);
  git(template, "repack", "-adfq", "--depth=50");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A copy of the packed repository. */
async function packed(): Promise<string> {
  const repo = join(folder, `copy-${copies++}`);
  await cp(template, repo, { recursive: true });
  return repo;
}

const open = (repo: string) => new Packs(repo, new LruMap<PackIndex>(1e8));

const oidsOf = (repo: string) =>
  git(repo, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split("\n");

async function packFile(repo: string, extension: string): Promise<string> {
  const pack = join(repo, "objects", "pack");
  const path = join(pack, (await readdir(pack)).find((name) => name.endsWith(extension)) ?? "");
  await chmod(path, 0o600);
  return path;
}

/** All objects of a repository as git itself writes them down. */
const readByGit = (repo: string) =>
  execFileSync("git", ["-C", repo, "cat-file", "--batch-all-objects", "--batch"], { maxBuffer: 1e8, stdio: "pipe" });

/** The same, of what is read here. */
async function readAll(repo: string): Promise<Buffer> {
  const packs = open(repo);
  const read: Buffer[] = [];
  for (const oid of oidsOf(repo)) {
    const { type, content = Buffer.alloc(0) } = (await packs.read(oid)) ?? {};
    read.push(Buffer.from(`${oid} ${type} ${content.length}\n`), content, Buffer.from("\n"));
  }
  return Buffer.concat(read);
}

test.each([
  ["deltas that name their base by its place", "repack.useDeltaBaseOffset=true"],
  ["deltas that name their base by its id", "repack.useDeltaBaseOffset=false"],
])("every object of a pack with %s is read as git reads it", async (_title, setting) => {
  const repo = await packed();
  git(repo, "-c", setting, "repack", "-adfq", "--depth=50");
  expect(git(repo, "verify-pack", "-v", await packFile(repo, ".idx"))).toContain("chain length = 3");
  expect((await readAll(repo)).equals(readByGit(repo))).toBe(true);
});

test("objects behind the place that four bytes can name are found", async () => {
  const repo = await packed();
  const pack = await packFile(repo, ".pack");
  const other = join(folder, "other.idx");
  git(repo, "index-pack", "--index-version=2,64", "-o", other, pack);
  await rename(other, await packFile(repo, ".idx"));
  expect((await readAll(repo)).equals(readByGit(repo))).toBe(true);
});

test("an object that is in no pack is not found", async () => {
  expect(await open(await packed()).read("0123456789".repeat(4))).toBeUndefined();
  expect(await open(folder).read("0123456789".repeat(4))).toBeUndefined();
});

test("objects are found by the first digits of their ids", async () => {
  const repo = await packed();
  const packs = open(repo);
  for (const oid of oidsOf(repo)) expect(await packs.startingWith(oid.slice(0, 12))).toEqual([oid]);
  expect(await packs.startingWith("0123456789abcdef")).toEqual([]);
});

test("digits that several ids start with give two of them", async () => {
  const repo = await packed();
  const counts = Map.groupBy(oidsOf(repo), (oid) => oid.slice(0, 1));
  const [digits = "", oids = []] = [...counts].find(([, all]) => all.length > 1) ?? [];
  expect(oids).toEqual(expect.arrayContaining(await open(repo).startingWith(digits)));
  expect(await open(repo).startingWith(digits)).toHaveLength(2);
});

test("objects are still found when git packs them anew meanwhile", async () => {
  const repo = await packed();
  const packs = open(repo);
  const oid = git(repo, "rev-parse", "HEAD");
  expect((await packs.read(oid))?.type).toBe("commit");
  git(repo, "-c", "pack.compression=0", "repack", "-adFq", "--depth=1");
  expect((await packs.read(oid))?.type).toBe("commit");
});

test("of a pack no more is read than the object needs", async () => {
  const repo = await packed();
  const pack = await packFile(repo, ".pack");
  const bytes = await readFile(pack);
  const index = new PackIndex(await readFile(await packFile(repo, ".idx")));
  const oid = git(repo, "rev-parse", "HEAD");
  const start = index.offset(oid) ?? 0;
  await writeFile(pack, Buffer.concat([bytes.subarray(0, start + 1_000), Buffer.alloc(bytes.length - start - 1_000)]));
  const commit = (await open(repo).read(oid))?.content.toString().trim();
  expect(commit).toBe(git(template, "cat-file", "commit", "HEAD"));
});

/** A repository with one pack of one entry, which need not make sense. */
async function packOf(oid: string, entry: Buffer): Promise<string> {
  const repo = join(folder, `copy-${copies++}`);
  const pack = join(repo, "objects", "pack");
  await mkdir(pack, { recursive: true });
  const start = Buffer.from("PACK\0\0\0\x02\0\0\0\x01", "latin1");
  const index = Buffer.alloc(8 + 256 * 4 + 20 + 4 + 4 + 40);
  index.write("ff744f6300000002", "hex");
  for (let first = parseInt(oid.slice(0, 2), 16); first < 256; first++) index.writeUInt32BE(1, 8 + first * 4);
  index.write(oid, 8 + 256 * 4, "hex");
  index.writeUInt32BE(start.length, 8 + 256 * 4 + 24);
  await writeFile(join(pack, "pack-x.idx"), index);
  await writeFile(join(pack, "pack-x.pack"), Buffer.concat([start, entry]));
  return repo;
}

const oneOid = "ab".repeat(20);

test("a delta that is made of itself has an end", async () => {
  const delta = deflateSync(Buffer.from([1, 1, 0x90, 1]));
  const repo = await packOf(oneOid, Buffer.concat([Buffer.of(0x74), Buffer.from(oneOid, "hex"), delta]));
  await expect(open(repo).read(oneOid)).rejects.toThrow("made of itself");
});

test.each([
  ["a size below the limit", [0xb0, 0x80, 0x80, 0x80, 0x01], "unexpected end of file"],
  ["a size above the limit", [0xb0, 0x80, 0x80, 0x80, 0x80, 0x01], "more than 1073741824 bytes"],
])("an entry that only says %s takes no memory", async (_title, head, why) => {
  const repo = await packOf(oneOid, Buffer.concat([Buffer.from(head), deflateSync("short").subarray(0, 8)]));
  using alloc = vi.spyOn(Buffer, "alloc");
  await expect(open(repo).read(oneOid)).rejects.toMatchObject({
    code: "HUB_STORAGE_BROKEN",
    message: expect.stringContaining(why),
  });
  expect(Math.max(...alloc.mock.calls.map(([size]) => size))).toBeLessThan(100);
});

/** The numbers of an index behind its names: checksums, then places. */
function withPlaces(bytes: Buffer, change: (places: Buffer) => void): Buffer {
  const count = bytes.readUInt32BE(8 + 255 * 4);
  const at = 8 + 256 * 4 + count * 24;
  change(bytes.subarray(at, at + count * 4));
  return bytes;
}

test.each<[what: string, extension: string, damage: (bytes: Buffer) => Buffer]>([
  ["a pack that breaks off", ".pack", (bytes) => bytes.subarray(0, 40)],
  ["a pack of zeros", ".pack", (bytes) => Buffer.alloc(bytes.length)],
  ["a pack of ones", ".pack", (bytes) => Buffer.alloc(bytes.length, 0xff)],
  ["an index that breaks off", ".idx", (bytes) => bytes.subarray(0, 2_000)],
  ["an index with a table out of order", ".idx", (bytes) => bytes.fill(0xff, 8, 8 + 255 * 4)],
  ["an index with places that it does not have", ".idx", (bytes) => withPlaces(bytes, (places) => places.fill(0xff))],
  ["an index with the places of others", ".idx", (bytes) => withPlaces(bytes, (places) => places.swap32().reverse())],
  ["an index that is none", ".idx", () => Buffer.from("no index")],
  [
    "an index of another version",
    ".idx",
    (bytes) => Buffer.concat([bytes.subarray(0, 7), Buffer.of(9), bytes.subarray(8)]),
  ],
])("%s is said to be broken", async (_what, extension, damage) => {
  const repo = await packed();
  const oids = oidsOf(repo);
  const path = await packFile(repo, extension);
  await writeFile(path, damage(await readFile(path)));
  const read = async () => {
    for (const oid of oids) await open(repo).read(oid);
  };
  await expect(read()).rejects.toMatchObject({ code: "HUB_STORAGE_BROKEN" });
});

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newOwnFolder, removeFolder, removeOrphans } from "./own-folders.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "own-folders-"));
  vi.stubEnv("TMPDIR", folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A folder named after another process. */
async function folderOf(pid: number, startedAt: string, machine?: string): Promise<string> {
  const own = basename(await newOwnFolder());
  const [, ownMachine = ""] = /^smoltools-deno-(\w+)-/.exec(own) ?? [];
  return await mkdtemp(join(folder, `smoltools-deno-${machine ?? ownMachine}-${pid}_${startedAt}-`));
}

test("what a process that has ended left behind is removed, with what is in it", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const left = await folderOf(pid, "1");
  await writeFile(join(left, "file"), "x");
  await removeOrphans();
  expect(existsSync(left)).toBe(false);
});

test("what belongs to somebody who is there, or is not known, stays", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const stays = [
    await newOwnFolder(),
    await folderOf(process.ppid, ""),
    await folderOf(pid, "1", "0123456789ab"),
    await mkdtemp(join(folder, "smoltools-deno-")),
    await mkdtemp(join(folder, "other-")),
  ];
  await removeOrphans();
  expect(stays.filter((path) => !existsSync(path))).toEqual([]);
});

test.skipIf(process.platform === "win32")("what others can change, or is theirs, stays", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const shared = await folderOf(pid, "1");
  await chmod(shared, 0o777);
  const stays = [shared];
  // Only root can give folders away.
  if (process.getuid?.() === 0) {
    const theirs = await folderOf(pid, "1");
    await chown(theirs, 65534, 65534);
    stays.push(theirs);
  }
  await removeOrphans();
  expect(stays.filter((path) => !existsSync(path))).toEqual([]);
});

test("removing a folder twice is no error", async () => {
  const own = await newOwnFolder();
  await removeFolder(own);
  await removeFolder(own);
  expect(existsSync(own)).toBe(false);
});

import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { hasEnded, thisProcess } from "../engine/host-process.ts";

const prefix = "smoltools-deno-";
const writableByOthers = 0o022;
let sweep: Promise<void> | undefined;

/**
 * A new folder for the time of a process. Its name tells for whom it is.
 *
 * The first time, folders are removed that belong to processes of this machine which came to their end before they could
 * do so themselves.
 */
export async function newOwnFolder(): Promise<string> {
  await (sweep ??= removeOrphans());
  return await mkdtemp(join(tmpdir(), `${await ownPrefix()}-`));
}

/** Removes a folder. What cannot be removed is left to the next process. */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // Somebody has made it impossible.
  }
}

/** Removes the folders of processes that have ended. Never rejects. */
export async function removeOrphans(): Promise<void> {
  const { machine } = await thisProcess();
  const isOwn = new RegExp(`^${prefix}${machine.slice(0, 12)}-(?<label>\\d+_\\d*)-`);
  const names = await readdir(tmpdir()).catch((): string[] => []);
  for (const name of names) {
    const label = isOwn.exec(name)?.groups?.["label"];
    if (label === undefined || !(await hasEnded(label.replace("_", ":")))) continue;
    const folder = join(tmpdir(), name);
    if (await isOwned(folder)) await removeFolder(folder);
  }
}

/**
 * Whether it is this user's folder and nobody else can change what is in it. Where everybody may put things into the
 * folder for temporary files, another one could have the removal go astray by a link.
 */
async function isOwned(folder: string): Promise<boolean> {
  const { uid, mode } = await lstat(folder).catch(() => ({ uid: -1, mode: 0 }));
  // Windows has neither, and a temporary folder for each user.
  return process.getuid === undefined || (uid === process.getuid() && (mode & writableByOthers) === 0);
}

async function ownPrefix(): Promise<string> {
  const { machine, process: label } = await thisProcess();
  return `${prefix}${machine.slice(0, 12)}-${label.replace(":", "_")}`;
}

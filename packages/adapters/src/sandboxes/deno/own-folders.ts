import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasEnded, thisProcess } from "../engine/host-process.ts";

const prefix = "smoltools-deno-";
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
    if (label !== undefined && (await hasEnded(label.replace("_", ":")))) await removeFolder(join(tmpdir(), name));
  }
}

async function ownPrefix(): Promise<string> {
  const { machine, process } = await thisProcess();
  return `${prefix}${machine.slice(0, 12)}-${process.replace(":", "_")}`;
}

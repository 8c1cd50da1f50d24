import { readFile, utimes } from "node:fs/promises";
import type { SnapshotFile } from "./snapshot-files.ts";

/** Reads a file of the cache without counting as one who uses it: the time of the last reading stays what it was. */
export async function readUntouched({ location, readMs, writtenMs }: SnapshotFile): Promise<Uint8Array> {
  const bytes = await readFile(location);
  // Where it cannot be set back, the package merely looks younger than it is.
  await utimes(location, readMs / 1000, writtenMs / 1000).catch(() => undefined);
  return bytes;
}

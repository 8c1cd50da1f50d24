import { open } from "node:fs/promises";
import { join } from "node:path";
import { constants, inflateSync } from "node:zlib";
import { unlessMissing } from "./has-code.ts";

/** Enough compressed bytes to hold the header of an object. */
const headBytes = 64;

/**
 * The size of an object that has a file of its own, from its header (`blob 1234` and a zero byte) without reading the
 * rest. A listing needs the sizes of all files, but not one of their bytes.
 *
 * @returns `undefined` for objects in packs and for missing ones.
 */
export async function looseObjectSize(gitdir: string, oid: string): Promise<number | undefined> {
  const path = join(gitdir, "objects", oid.slice(0, 2), oid.slice(2));
  const file = await unlessMissing(open(path, "r"));
  if (!file) return undefined;
  await using _closing = file;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  const start = inflateSync(buffer.subarray(0, bytesRead), { finishFlush: constants.Z_SYNC_FLUSH });
  const size = /^[a-z]+ (\d+)\0/.exec(start.subarray(0, 32).toString("latin1"))?.[1];
  return size === undefined ? undefined : Number(size);
}

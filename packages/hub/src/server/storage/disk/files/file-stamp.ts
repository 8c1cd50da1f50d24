import type { BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";
import { unlessMissing } from "../../../../shared/has-code.ts";

/** What was changed so shortly ago may change again without getting a new time. */
const unsureMs = 100;

/** Tells a file or folder from every other state of it. */
export interface FileStamp {
  text: string;
  /** False: what is read of it now must not be kept under this stamp. */
  sure: boolean;
}

/**
 * The stamp of a file, or of the list of names in a folder; `undefined` when it is not there.
 *
 * Everything that is kept under stamps is replaced by renaming: it gets a new file and a new time with each change.
 */
export async function fileStamp(path: string): Promise<FileStamp | undefined> {
  const found: BigIntStats | undefined = await unlessMissing(stat(path, { bigint: true }));
  if (!found) return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  const age = Date.now() - Number(mtimeNs / 1_000_000n);
  // Windows notes the times of folders late.
  const sure = age > unsureMs && process.platform !== "win32";
  return { text: `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`, sure };
}

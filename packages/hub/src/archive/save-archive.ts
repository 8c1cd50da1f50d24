import { writeAtomically } from "../shared/write-atomically.ts";
import type { Archive } from "./archive-part.ts";
import { writeArchive } from "./write-archive.ts";

/**
 * Writes an archive to a file, whole or not at all. A file that is there is replaced.
 *
 * @returns Its size in bytes.
 * @throws as `writeArchive` does.
 */
export async function saveArchive(path: string, archive: Archive): Promise<number> {
  const bytes = writeArchive(archive);
  await writeAtomically(path, bytes);
  return bytes.byteLength;
}

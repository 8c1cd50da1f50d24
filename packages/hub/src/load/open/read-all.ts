import { mapLimited } from "../../shared/map-limited.ts";

/** How many files are read at the same time. */
const parallelReads = 8;

/** Reads all files of a package, a few at a time. */
export async function readAll(
  paths: string[],
  read: (path: string) => Promise<Uint8Array>,
): Promise<Map<string, Uint8Array>> {
  return new Map(await mapLimited(paths, parallelReads, async (path) => [path, await read(path)] as const));
}

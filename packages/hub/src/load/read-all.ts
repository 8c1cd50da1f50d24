/** How many files are read at the same time. */
const parallelReads = 8;

/** Reads all files of a package, a few at a time. */
export async function readAll(
  paths: string[],
  read: (path: string) => Promise<Uint8Array>,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const queue = paths.values();
  const worker = async () => {
    for (const path of queue) files.set(path, await read(path));
  };
  await Promise.all(Array.from({ length: Math.min(parallelReads, paths.length) }, worker));
  return files;
}

import { readFile, rename, writeFile } from "node:fs/promises";
import { exclusively } from "../exclusively.ts";

// Counts up in a file for ever, and tells its parent each number that it has written.
const path = process.argv[2] ?? "";

for (;;) {
  const written = await exclusively(path, async () => {
    const next = Number(await readFile(path, "utf8").catch(() => "0")) + 1;
    await writeFile(`${path}.${process.pid}`, String(next));
    await rename(`${path}.${process.pid}`, path);
    return next;
  });
  process.send?.(written);
}

import { LockFile } from "../lock-file.ts";
import { entryOf } from "./entry-of.ts";

// Locks packages of names of its own, and tells its parent each that is locked.
const [, , path = "", prefix = "", count = "0"] = process.argv;
const lock = new LockFile(path);

for (let index = 0; index < Number(count); index++) {
  const repo = `acme/${prefix}-${index}`;
  await lock.add(repo, entryOf(repo, "1.0.0"));
  process.send?.(repo);
}
process.disconnect();

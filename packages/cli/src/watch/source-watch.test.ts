import { writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { SourceWatch } from "./source-watch.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "source-watch-"));
  await mkdir(join(folder, "src"));
  file = join(folder, "src", "a.ts");
  await writeFile(file, "1");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const never = new AbortController().signal;

it.each<[string, () => Promise<void>]>([
  ["written in place", () => writeFile(file, "2")],
  ["replaced, as editors save", () => writeFile(`${file}.tmp`, "2").then(() => rename(`${file}.tmp`, file))],
  ["renamed", () => rename(file, join(folder, "src", "b.ts"))],
  ["deleted", () => unlink(file)],
  ["deleted with its folder", () => rm(join(folder, "src"), { recursive: true })],
])("tells of a file that is %s", async (_title, change) => {
  using watch = new SourceWatch();
  await watch.watch([file]);
  await change();
  await expect(watch.changed(never)).resolves.toBeUndefined();
});

it.each<[string, () => Promise<void>]>([
  ["changed", () => writeFile(file, "2")],
  ["deleted", () => unlink(file)],
])("tells of a file that was %s after it was read, and before it was watched", async (_title, change) => {
  using watch = new SourceWatch();
  const readAt = Date.now() - 10;
  await change();
  await watch.watch([file], readAt);
  await expect(watch.changed(never)).resolves.toBeUndefined();
});

it("goes on after the file was away, and after its folder was", async () => {
  using watch = new SourceWatch();
  await watch.watch([file]);
  for (let round = 0; round < 2; round++) {
    await rename(join(folder, "src"), join(folder, `old-${round}`));
    await watch.changed(never);
    await mkdir(join(folder, "src"));
    await writeFile(file, "3");
    await watch.changed(never);
    await writeFile(file, `4${round}`);
    await expect(watch.changed(never)).resolves.toBeUndefined();
  }
});

it("tells several steps of one save as one change", async () => {
  using watch = new SourceWatch();
  await watch.watch([file]);
  // Without a pause, however busy the machine is.
  for (const text of ["2", "22", "222"]) writeFileSync(file, text);
  await watch.changed(never);
  const idle = new AbortController();
  const told = watch.changed(idle.signal).then(() => idle.signal.aborted);
  await new Promise((done) => setTimeout(done, 700));
  idle.abort();
  expect(await told).toBe(true);
});

it("tells nothing of other files in the folder, nor of files that are not watched any more", async () => {
  using watch = new SourceWatch();
  const other = join(folder, "src", "b.ts");
  await watch.watch([file, other]);
  await watch.watch([file]);
  await writeFile(other, "2");
  const idle = new AbortController();
  const told = watch.changed(idle.signal).then(() => idle.signal.aborted);
  await new Promise((done) => setTimeout(done, 700));
  idle.abort();
  expect(await told).toBe(true);
});

import { truncate } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { archiveLimits, packageLimits, readArchive } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawEntry, rawTar } from "../../packages/hub/src/archive/test-support/raw-tar.ts";
import { archiveFolder, goodEntries } from "./archive-fixture.ts";

let place: Awaited<ReturnType<typeof archiveFolder>>;
beforeAll(async () => {
  place = await archiveFolder();
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
});

/** What a piece of work takes of memory outside of the heap, in bytes. */
async function memoryOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().arrayBuffers;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 1);
  await work();
  clearInterval(watch);
  return most - before;
}

describe("an archive that expands", () => {
  it("to a file of a gigabyte is refused before the file is unpacked", async () => {
    const size = (1024 ** 3).toString(8).padStart(11, "0");
    const bomb = Buffer.concat([rawEntry({ name: "package/bomb", size: `${size}\0` }), Buffer.alloc(64 * 1024 * 1024)]);
    const path = await place.write(gzipSync(bomb, { level: 9 }));
    const used = await memoryOf(() => expect(readArchive(path)).rejects.toMatchObject({ code: "PACKAGE_TOO_LARGE" }));
    expect(used).toBeLessThan(16 * 1024 * 1024);
  });

  it("to many files that are allowed by themselves is refused when they are too much together", async () => {
    const file = Buffer.alloc(packageLimits.maxFileBytes);
    const count = Math.ceil(archiveLimits.maxExpandedBytes / file.byteLength) + 1;
    const entries = Array.from({ length: count }, (_, index) => rawEntry({ name: `package/${index}`, content: file }));
    const path = await place.write(gzipSync(Buffer.concat(entries), { level: 1 }));
    await expect(readArchive(path)).rejects.toMatchObject({ code: "PACKAGE_TOO_LARGE" });
  });

  it("to endless zeros is refused", async () => {
    const zeros = Buffer.alloc(archiveLimits.maxExpandedBytes + 1024 * 1024);
    const path = await place.write(gzipSync(zeros, { level: 1 }));
    await expect(readArchive(path)).rejects.toMatchObject({ code: "PACKAGE_TOO_LARGE" });
  }, 60_000);

  it("to more entries than are allowed is refused", async () => {
    const entries = Array.from({ length: archiveLimits.maxEntries + 1 }, (_, n) => ({ name: `d${n}/`, type: "5" }));
    await expect(readArchive(await place.write(entries))).rejects.toMatchObject({ code: "PACKAGE_TOO_LARGE" });
  });

  it("to more packages than are allowed is refused", async () => {
    const [index, ...rest] = goodEntries();
    const json = JSON.parse(String(index?.content)) as { packages: Record<string, object> };
    for (let n = 0; n < archiveLimits.maxPackages; n++)
      json.packages[`acme/x${n}@1.0.0`] = json.packages["acme/act@1.0.0"] ?? {};
    const path = await place.write([{ name: "bundle.json", content: JSON.stringify(json) }, ...rest]);
    await expect(readArchive(path)).rejects.toMatchObject({ code: "PACKAGE_TOO_LARGE" });
  });
});

describe("an archive file", () => {
  it("that is too large is refused before it is read", async () => {
    const path = await place.write(goodEntries());
    await truncate(path, archiveLimits.maxArchiveBytes + 1);
    const used = await memoryOf(() => expect(readArchive(path)).rejects.toMatchObject({ code: "PACKAGE_TOO_LARGE" }));
    expect(used).toBeLessThan(8 * 1024 * 1024);
  });

  it("that has two meanings is refused: another member, other bytes, or another archive behind its end", async () => {
    const good = rawTar(goodEntries());
    const evil = rawTar([{ name: "package/tool.json", content: "{}" }]);
    for (const bytes of [
      Buffer.concat([gzipSync(good), gzipSync(evil)]),
      Buffer.concat([gzipSync(good), Buffer.from("evil")]),
      gzipSync(Buffer.concat([good, evil])),
      gzipSync(good).subarray(0, -1),
    ]) {
      await expect(readArchive(await place.write(bytes))).rejects.toMatchObject({ code: "ARCHIVE_INVALID" });
    }
  });
});

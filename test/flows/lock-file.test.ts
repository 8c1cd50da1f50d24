import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type LockEntry, LockFile, loadTool } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

describe("a lock file", () => {
  it("is not overwritten when it cannot be read", async () => {
    const path = join(hub.folder, "broken.lock");
    await writeFile(path, "{ not json");
    await hub.publish("lockable", "return 1").catch(() => {});
    await expect(loadTool("acme/lockable", hub.options({ lockFile: path }))).rejects.toMatchObject({
      code: "LOCK_INVALID",
    });
    expect(await readFile(path, "utf8")).toBe("{ not json");
  });

  it("reports a package whose content is not what was locked", async () => {
    await hub.publish("pinned", "return 1");
    const lockFile = join(hub.folder, "pinned.lock");
    await loadTool("acme/pinned@1", hub.options({ lockFile }));
    const lock = new LockFile(lockFile);
    const entry = (await lock.entry("acme/pinned@1")) ?? fail();
    await lock.write("acme/pinned@1", { ...entry, integrity: `sha512-${"A".repeat(86)}==` });
    await expect(loadTool("acme/pinned@1", hub.options({ lockFile }))).rejects.toMatchObject({
      code: "LOCK_INTEGRITY",
    });
  });

  it("reports a tag that was moved, before anything is downloaded", async () => {
    await hub.publish("moved", "return 1");
    const { pushed: later } = await hub.publish("moved", "return 2", { version: "1.1.0" });
    const lockFile = join(hub.folder, "moved.lock");
    await loadTool("acme/moved@1.0.0", hub.options({ lockFile }));
    const lock = new LockFile(lockFile);
    const entry = (await lock.entry("acme/moved@1.0.0")) ?? fail();
    await lock.write("acme/moved@1.0.0", { ...entry, commit: later.commit ?? "" });
    await expect(loadTool("acme/moved@1.0.0", hub.coldOptions({ lockFile }))).rejects.toMatchObject({
      code: "LOCK_TAG_MOVED",
    });
  });

  it("reports permissions that have grown", async () => {
    await hub.publish("greedy", "return 1", { permissions: { net: ["api.example.com"] } });
    const lockFile = join(hub.folder, "greedy.lock");
    await loadTool("acme/greedy@1", hub.options({ lockFile, permissions: "declared" }));
    const lock = new LockFile(lockFile);
    const entry = (await lock.entry("acme/greedy@1")) ?? fail();
    await lock.write("acme/greedy@1", { ...entry, permissions: { ...entry.permissions, net: [] } });
    await expect(loadTool("acme/greedy@1", hub.options({ lockFile }))).rejects.toMatchObject({
      code: "LOCK_PERMISSIONS_GROWN",
    });
  });

  it("keeps the entries of loads that happen at the same time", async () => {
    const names = ["para", "parb", "parc", "pard"];
    await Promise.all(names.map((name) => hub.publish(name, "return 1")));
    const lockFile = join(hub.folder, "parallel.lock");
    await Promise.all(names.map((name) => loadTool(`acme/${name}@1`, hub.options({ lockFile }))));
    const { packages } = await new LockFile(lockFile).read();
    expect(Object.keys(packages)).toEqual(names.map((name) => `acme/${name}@1`));
  });

  it.each<[string, (entry: LockEntry) => Partial<LockEntry>]>([
    ["another package", () => ({ repo: "acme/swapped-evil" })],
    ["another kind of repo", () => ({ repoType: "model" })],
    ["a version that the range excludes", () => ({ version: "2.0.0" })],
  ])("is refused when its entry is one of %s", async (_title, change) => {
    await hub.publish("swapped", "return 1").catch(() => {});
    const lockFile = join(hub.folder, "swapped.lock");
    await loadTool("acme/swapped@^1", hub.options({ lockFile }));
    const lock = new LockFile(lockFile);
    const entry = (await lock.entry("acme/swapped@^1")) ?? fail();
    await lock.write("acme/swapped@^1", { ...entry, ...change(entry) });
    const load = loadTool("acme/swapped@^1", hub.options({ lockFile, frozen: true }));
    await expect(load).rejects.toMatchObject({ code: "LOCK_INVALID" });
    await lock.write("acme/swapped@^1", entry);
  });

  it("does not grant what the caller now grants less of", async () => {
    await hub.publish("narrowed", "return 1", { permissions: { env: ["KEY"] } });
    const lockFile = join(hub.folder, "narrowed.lock");
    await loadTool("acme/narrowed@1", hub.options({ lockFile, permissions: "declared" }));
    const load = loadTool("acme/narrowed@1", hub.options({ lockFile, permissions: {} }));
    await expect(load).rejects.toMatchObject({ code: "PERMISSION_NOT_GRANTED" });
  });

  it("that is frozen holds no folders", async () => {
    await expect(loadTool("./somewhere", hub.options({ frozen: true }))).rejects.toMatchObject({
      code: "LOCK_ENTRY_MISSING",
    });
  });
});

function fail(): never {
  throw new Error("this should be there");
}

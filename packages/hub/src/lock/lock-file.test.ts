import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LockFile } from "./lock-file.ts";
import { entryOf } from "./test-support/entry-of.ts";

let folder: string;
let lock: LockFile;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-file-"));
  lock = new LockFile(join(folder, "smoltools.lock"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("LockFile", () => {
  it("keeps the first entry of a ref, and says which one holds", async () => {
    const first = entryOf("acme/x", "1.0.0");
    const second = entryOf("acme/x", "1.1.0");
    expect(await lock.add("acme/x@^1", first)).toEqual(first);
    expect(await lock.add("acme/x@^1", second)).toEqual(first);
    await lock.replace({ "acme/x@^1": second });
    expect(await lock.entry("acme/x@^1")).toEqual(second);
  });

  it.each([
    ["integrity", { integrity: `sha512-${"B".repeat(86)}==` }, "LOCK_INTEGRITY"],
    ["commit", { commit: "b".repeat(40) }, "LOCK_TAG_MOVED"],
  ])("never gives a version another %s, under no ref", async (_what, change, code) => {
    const entry = entryOf("acme/x", "1.0.0");
    await lock.add("acme/x@^1", entry);
    const changed = { ...entry, ...change };
    await expect(lock.add("acme/x@1.0.0", changed)).rejects.toMatchObject({ code });
    await expect(lock.replace({ "acme/x@^1": changed })).rejects.toMatchObject({ code });
    expect((await lock.read()).packages).toEqual({ "acme/x@^1": entry });
    await lock.remove(["acme/x@^1"]);
    expect(await lock.add("acme/x@1.0.0", changed)).toEqual(changed);
  });

  it("takes the same version of another hub for another one", async () => {
    await lock.add("acme/x@^1", entryOf("acme/x", "1.0.0"));
    const other = { ...entryOf("acme/x", "1.0.0"), hub: "https://other.example", commit: "b".repeat(40) };
    expect(await lock.add("acme/x@1.0.0", other)).toEqual(other);
  });

  it("loses nothing of what several processes lock, one of which is killed", async () => {
    const child = fileURLToPath(new URL("test-support/add-child.ts", import.meta.url));
    const children = [0, 1, 2].map((index) => fork(child, [lock.path, `p${index}`, "12"]));
    const told: string[] = [];
    for (const each of children) each.on("message", (ref) => told.push(String(ref)));
    const exits = children.map((each) => once(each, "exit"));
    await once(children[0] ?? fail(), "message");
    children[0]?.kill("SIGKILL");
    await Promise.all(exits);
    const { packages } = await lock.read();
    expect(told.filter((ref) => !Object.hasOwn(packages, ref))).toEqual([]);
    expect(told.filter((ref) => !ref.startsWith("acme/p0"))).toHaveLength(24);
    await lock.add("acme/last", entryOf("acme/last", "1.0.0"));
    expect(await readdir(folder)).toEqual(["smoltools.lock"]);
  });
});

function fail(): never {
  throw new Error("this should be there");
}

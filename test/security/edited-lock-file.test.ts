import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { installPackages, type LockData, type LockEntry, loadPackage, loadTool } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editLock, testHub } from "../flows/hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
/** The text of a good lock file with one entry, of `acme/act@^1`. */
let good: string;
let path: string;
beforeAll(async () => {
  hub = await testHub();
  path = join(hub.folder, "smoltools.lock");
  await hub.publish("act", "return 1");
  await hub.publish("act", "return 2", { version: "2.0.0" });
  await loadTool("acme/act@^1", hub.options({ lockFile: path }));
  good = await readFile(path, "utf8");
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const ref = "acme/act@^1";
const other = `sha512-${"A".repeat(86)}==`;

/** Loads with this lock file, and checks that it is left alone. */
async function load(text: string, more: object = {}) {
  await writeFile(path, text);
  try {
    return await loadTool(ref, hub.options({ lockFile: path, ...more }));
  } finally {
    expect(await readFile(path, "utf8")).toBe(text);
  }
}

/** The lock file with a change to its entry. */
function changed(change: Partial<Record<keyof LockEntry, unknown>>): string {
  const data = JSON.parse(good) as LockData;
  Object.assign(data.packages[ref] ?? {}, change);
  return JSON.stringify(data);
}

describe("a lock file that was edited by hand", () => {
  it.each<[title: string, text: () => string, words: string]>([
    ["is no JSON", () => "{ not json", "Restore it, or delete it and lock anew"],
    ["is empty", () => "", "Restore it, or delete it and lock anew"],
    ["is another value", () => "[]", "Restore it"],
    ["is of a later format", () => '{"lockfileVersion":2,"packages":{}}', "Update smoltools"],
    [
      "is in the middle of a merge",
      () =>
        `{\n<<<<<<< HEAD\n  "lockfileVersion": 1,\n=======\n  "lockfileVersion": 1,\n>>>>>>> theirs\n  "packages": {}\n}`,
      "git checkout --theirs",
    ],
    ["has a key twice", () => good.replace('"repo":', '"repo": "acme/evil", "repo":'), 'the key "repo" stands twice'],
    ["has a prototype", () => good.replace('"repo":', '"__proto__": {"version": "9.9.9"}, "repo":'), "__proto__"],
    ["has a ref that is none", () => good.replace(`"${ref}"`, '"../../act"'), "its name"],
    ["has a folder for a ref", () => good.replace(`"${ref}"`, '"file:./act"'), "not written as the ref of a package"],
    ["has another form of a ref", () => good.replace(`"${ref}"`, '"hf:acme/act@^1"'), "not written as the ref"],
    ["lacks its integrity", () => changed({ integrity: undefined }), "integrity"],
    ["has another kind of hash", () => changed({ integrity: "md5-x" }), "integrity"],
    ["has a short commit", () => changed({ commit: "abc123" }), "commit"],
    ["names another package", () => changed({ repo: "acme/evil" }), "it is one of the space acme/evil"],
    ["names another kind of repo", () => changed({ repoType: "model" }), "it is one of the model acme/act"],
    ["names no hub", () => changed({ hub: "hub.example" }), "hub"],
    ["has a version that is none", () => changed({ version: "1.0" }), '"1.0" is not a version'],
    ["has a version that the range excludes", () => changed({ version: "2.0.0" }), "does not fit"],
    [
      "has a permission that is none",
      () => changed({ permissions: { net: ["https://x"], env: [], read: [], write: [], run: [] } }),
      "not a permission of the kind net",
    ],
    ["lacks permissions", () => changed({ permissions: { net: [] } }), "env"],
  ])("that %s is refused, left alone, and says the way out", async (_title, text, words) => {
    await expect(load(text())).rejects.toMatchObject({
      code: "LOCK_INVALID",
      message: expect.stringContaining(words),
    });
  });

  it.each<[title: string, change: () => Partial<LockEntry>]>([
    ["another integrity", () => ({ integrity: other })],
    ["other declarations", () => ({ declarations: other })],
  ])("that has %s does not hold", async (_title, change) => {
    await expect(load(changed(change()))).rejects.toMatchObject({ code: "LOCK_INTEGRITY" });
  });

  it("that grants more than the package declares gives no more than that", async () => {
    const permissions = { net: ["evil.example"], env: [], read: [], write: [], run: [] };
    await writeFile(path, changed({ permissions }));
    await using loaded = await loadPackage(ref, hub.options({ lockFile: path }));
    expect(loaded.permissions.net).toEqual([]);
  });

  it("is told apart from a network that is away", async () => {
    const offline = { fetch: () => Promise.reject(new TypeError("no network")) };
    await expect(load(changed({ integrity: other }), offline)).rejects.toMatchObject({ code: "LOCK_INTEGRITY" });
  });

  it("that says two things about one version is refused", async () => {
    const data = JSON.parse(good) as LockData;
    const entry = data.packages[ref] as LockEntry;
    const twice = (change: Partial<LockEntry>) =>
      JSON.stringify({ ...data, packages: { ...data.packages, "acme/act@1.0.0": { ...entry, ...change } } });
    await expect(load(twice({ integrity: other }))).rejects.toMatchObject({
      code: "LOCK_INVALID",
      message: expect.stringMatching(/acme\/act 1\.0\.0 has one integrity by .*, and another one by/),
    });
    await expect(load(twice({ commit: "c".repeat(40) }))).rejects.toMatchObject({ code: "LOCK_INVALID" });
  });

  it("cannot make an installation leave its hub", async () => {
    await writeFile(path, good);
    await editLock(path, ({ packages }) => {
      const entry = packages[ref] as LockEntry;
      packages[ref] = { ...entry, hub: "http://169.254.169.254" };
    });
    const { installed, otherHubs } = await installPackages(undefined, { ...hub.options(), lockFile: path });
    expect([installed, otherHubs]).toEqual([[], [ref]]);
  });

  it("that is larger than any lock file is not read", async () => {
    await writeFile(path, Buffer.alloc(17 * 1024 * 1024, " "));
    const loading = loadTool(ref, hub.options({ lockFile: path }));
    await expect(loading).rejects.toMatchObject({ code: "LOCK_INVALID" });
  });
});

import { execFileSync } from "node:child_process";
import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadPackage, readArchive } from "@smoltools/hub";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { packageOf, sandbox } from "../flows/hub-fixture.ts";
import { archiveFolder, goodEntries } from "./archive-fixture.ts";

let place: Awaited<ReturnType<typeof archiveFolder>>;
let folder: string;
beforeAll(async () => {
  place = await archiveFolder();
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
});
beforeEach(async () => {
  folder = join(place.folder, "package");
  await rm(folder, { recursive: true, force: true });
  for (const [path, bytes] of packageOf("return 'mine'").files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
});

async function load() {
  await using loaded = await loadPackage(folder, { sandbox });
  await loaded.download();
}

describe("a link in a folder of a package", () => {
  it("is not followed where it stands for a file", async () => {
    await rename(join(folder, "dist/tool.mjs"), join(place.folder, "moved.mjs"));
    await symlink(join(place.folder, "moved.mjs"), join(folder, "dist/tool.mjs"));
    await expect(load()).rejects.toMatchObject({ code: "PATH_UNSAFE" });
  });

  it("is not followed where it stands for a folder", async () => {
    await rename(join(folder, "dist"), join(place.folder, "moved"));
    await symlink(join(place.folder, "moved"), join(folder, "dist"));
    await expect(load()).rejects.toMatchObject({ code: "PATH_UNSAFE" });
  });

  it("is not followed where it stands for the manifest", async () => {
    await rename(join(folder, "tool.json"), join(place.folder, "tool.json"));
    await symlink(join(place.folder, "tool.json"), join(folder, "tool.json"));
    await expect(load()).rejects.toMatchObject({ code: "PATH_UNSAFE" });
  });

  it("and a pipe in place of a file make nobody wait", async () => {
    await rm(join(folder, "dist/tool.mjs"));
    execFileSync("mkfifo", [join(folder, "dist/tool.mjs")]);
    await expect(load()).rejects.toMatchObject({ code: "PATH_UNSAFE" });
  });

  it("is no matter on the way to the folder", async () => {
    await rm(join(place.folder, "alias"), { force: true });
    await symlink(folder, join(place.folder, "alias"));
    await expect(loadPackage(join(place.folder, "alias"), { sandbox })).resolves.toBeDefined();
  });
});

describe("a link in an archive", () => {
  it.each([
    ["symbolic", "2", "/etc/passwd"],
    ["symbolic", "2", "../../.ssh/id_ed25519"],
    ["symbolic", "2", "tool.json"],
    ["hard", "1", "package/tool.json"],
    ["device", "3", ""],
    ["device", "4", ""],
    ["pipe", "6", ""],
  ])("(%s, kind %s, to %j) is refused", async (_title, type, linkName) => {
    const path = await place.write([...goodEntries(), { name: "package/link", type, linkName }]);
    await expect(readArchive(path)).rejects.toMatchObject({ code: "ARCHIVE_INVALID" });
  });

  it("that GNU tar has made is refused", async () => {
    await symlink("/etc/passwd", join(folder, "link"));
    execFileSync("tar", ["-czf", join(place.folder, "linked.tgz"), "-C", place.folder, "package"]);
    await expect(readArchive(join(place.folder, "linked.tgz"))).rejects.toMatchObject({ code: "ARCHIVE_INVALID" });
  });
});

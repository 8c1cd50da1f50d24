import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePrivately } from "./config-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-config-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("writePrivately", () => {
  it("makes the folders and the file for their owner alone", async () => {
    await writePrivately(join(folder, "a", "b", "token"), "secret");
    expect((await stat(join(folder, "a"))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, "a", "b", "token"))).mode & 0o777).toBe(0o600);
  });

  it("takes a file from others that was open to them, and leaves nothing beside it", async () => {
    const path = join(folder, "open", "token");
    await mkdir(join(folder, "open"));
    await writeFile(path, "old", { mode: 0o644 });
    await writePrivately(path, "new");
    expect([await readFile(path, "utf8"), (await stat(path)).mode & 0o777]).toEqual(["new", 0o600]);
    expect(await readdir(join(folder, "open"))).toEqual(["token"]);
  });

  it("changes what a link points at, and keeps the link", async () => {
    await writeFile(join(folder, "real"), "old");
    await symlink("real", join(folder, "link"));
    await writePrivately(join(folder, "link"), "new");
    expect(await readFile(join(folder, "real"), "utf8")).toBe("new");
  });

  it("replaces no device, pipe or folder", async () => {
    await mkdir(join(folder, "a-folder"));
    for (const path of ["/dev/null", join(folder, "a-folder")]) {
      await expect(writePrivately(path, "x")).rejects.toMatchObject({ code: "CONFIG_INVALID" });
    }
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  });

  it("leaves the old file where the new one cannot be written, and nothing else", async () => {
    const path = join(folder, "kept");
    await writeFile(path, "old");
    const unwritable = { toString: () => "x" } as unknown as string;
    await expect(writePrivately(path, unwritable)).rejects.toThrow(/argument/);
    expect(await readFile(path, "utf8")).toBe("old");
    expect((await readdir(folder)).filter((name) => name.startsWith("kept"))).toEqual(["kept"]);
  });
});

import { execFileSync } from "node:child_process";
import { link, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readInside } from "./read-inside.ts";

let outside: string;
let folder: string;
beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), "smoltools-inside-"));
  folder = join(outside, "package");
  await mkdir(join(folder, "dist"), { recursive: true });
  await writeFile(join(folder, "dist", "a.txt"), "inside");
  await writeFile(join(outside, "secret.txt"), "secret");
});
afterEach(async () => {
  await rm(outside, { recursive: true, force: true });
});

describe("readInside", () => {
  it("reads a file", async () => {
    expect(String(await readInside(folder, "dist/a.txt", 100))).toBe("inside");
  });

  it("reads in a folder that is reached by a link", async () => {
    await symlink(folder, join(outside, "linked"));
    expect(String(await readInside(join(outside, "linked"), "dist/a.txt", 100))).toBe("inside");
  });

  it.each(["b.txt", "none/a.txt", "dist/a.txt/b"])("has nothing for %s", async (path) => {
    expect(await readInside(folder, path, 100)).toBeUndefined();
  });

  it("follows no link to a file, inside or outside", async () => {
    await symlink(join(outside, "secret.txt"), join(folder, "out.txt"));
    await symlink(join(folder, "dist", "a.txt"), join(folder, "in.txt"));
    for (const path of ["out.txt", "in.txt"]) {
      await expect(readInside(folder, path, 100)).rejects.toMatchObject({ code: "PATH_UNSAFE" });
    }
  });

  it("follows no link to a folder", async () => {
    await symlink(outside, join(folder, "out"));
    await symlink(join(folder, "dist"), join(folder, "in"));
    for (const path of ["out/secret.txt", "in/a.txt"]) {
      await expect(readInside(folder, path, 100)).rejects.toMatchObject({ code: "PATH_UNSAFE" });
    }
  });

  it("reads no folder, and waits for no pipe", async () => {
    execFileSync("mkfifo", [join(folder, "pipe")]);
    for (const path of ["dist", "pipe"]) {
      await expect(readInside(folder, path, 100)).rejects.toMatchObject({ code: "PATH_UNSAFE" });
    }
  });

  it("never reads more than a byte over what is allowed", async () => {
    await truncate(join(folder, "dist", "a.txt"), 4 * 1024 ** 3);
    expect(await readInside(folder, "dist/a.txt", 5)).toHaveLength(6);
  });

  it("reads a file that has a second name", async () => {
    await link(join(folder, "dist", "a.txt"), join(folder, "b.txt"));
    expect(String(await readInside(folder, "b.txt", 100))).toBe("inside");
  });
});

import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TreeEntry } from "./parse-object.ts";
import { expect, test } from "vitest";
import { encodeTree } from "./encode-tree.ts";

const emptyBlob = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

const file = (path: string): TreeEntry => ({ mode: "100644", type: "blob", path, oid: emptyBlob });
const folder = (path: string): TreeEntry => ({ mode: "040000", type: "tree", path, oid: emptyTree });

test.each([
  ["plain names", [file("b"), file("a"), file("B")]],
  ["a folder and files that start with its name", [folder("a"), file("a-b"), file("a.b"), file("a0")]],
  ["names beyond the basic plane", [file("\uff5e"), file("😀"), folder("\ue000"), file("é")]],
  ["nothing", []],
])("%s: the tree is the one that git makes", async (_, entries) => {
  const gitdir = await mkdtemp(join(tmpdir(), "encode-tree-"));
  try {
    const git = (args: string[], input: string | Buffer) =>
      execFileSync("git", ["-C", gitdir, ...args], { input, encoding: "utf8" }).trim();
    git(["init", "-q", "--bare"], "");
    const lines = entries.map(({ mode, type, oid, path }) => `${mode} ${type} ${oid}\t${path}`).join("\0");
    const expected = git(["mktree", "-z", "--missing"], lines && `${lines}\0`);
    expect(git(["hash-object", "-t", "tree", "--stdin"], encodeTree(entries))).toBe(expected);
  } finally {
    await rm(gitdir, { recursive: true, force: true });
  }
});

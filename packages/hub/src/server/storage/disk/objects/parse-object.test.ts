import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeTree, sortTree } from "./encode-tree.ts";
import { parseCommit, parseTag, parseTree, type TreeEntry } from "./parse-object.ts";

const head = ["tree 1111", "parent 2222", "parent 3333", "author A B <a@b> 5 +0100", "committer C <c@d> 7 -0200"];
const commit = (lines: readonly string[], message: string) => Buffer.from(`${lines.join("\n")}\n\n${message}`);

test("a commit is read", () => {
  expect(parseCommit("0000", commit(head, "title\n\nbody\nmore\n"))).toEqual({
    oid: "0000",
    tree: "1111",
    parents: ["2222", "3333"],
    author: { name: "A B", email: "a@b" },
    committedAt: 7_000,
    title: "title",
    body: "body\nmore",
  });
});

test.each([
  ["no message", head, "", { title: "", body: "" }],
  ["a title alone", head, "title", { title: "title", body: "" }],
  ["no empty line below the title", head, "title\nbody", { title: "title", body: "body" }],
  ["no parents", head.filter((line) => !line.startsWith("parent")), "x", { parents: [] }],
  ["a signature", [...head, "gpgsig -----BEGIN-----", " tree 9999", " -----END-----"], "x", { tree: "1111" }],
  [
    "no author's name",
    [...head.slice(0, 3), "author <a@b> 5 +0000", head[4] ?? ""],
    "x",
    { author: { name: "", email: "a@b" } },
  ],
])("a commit with %s is read", (_, lines, message, expected) => {
  expect(parseCommit("0000", commit(lines, message))).toMatchObject(expected);
});

test("a tag is read", () => {
  expect(parseTag(commit(["object 1111", "type commit", "tag v1", "tagger A <a@b> 5 +0000"], "object 2222\n"))).toEqual(
    {
      object: "1111",
      type: "commit",
    },
  );
});

test("a tree that was written is read", () => {
  const oid = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("hex"));
  const kind = fc.constantFrom(
    { mode: "100644", type: "blob" } as const,
    { mode: "040000", type: "tree" } as const,
    { mode: "160000", type: "commit" } as const,
  );
  const path = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter((text) => !/[/\0]/.test(text));
  const entry = fc.tuple(kind, path, oid).map(([{ mode, type }, path, oid]): TreeEntry => ({ mode, type, path, oid }));
  const entries = fc.uniqueArray(entry, { selector: ({ path }) => path, maxLength: 20 });
  fc.assert(
    fc.property(entries, (all) => {
      expect(parseTree(encodeTree(all))).toEqual(sortTree(all));
    }),
  );
});

test("garbage is read to its end, and not beyond", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(parseTree(Buffer.from(bytes)).length).toBeLessThanOrEqual(bytes.length);
      expect(parseCommit("0000", Buffer.from(bytes)).oid).toBe("0000");
    }),
  );
});

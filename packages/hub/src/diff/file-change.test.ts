import { describe, expect, it } from "vitest";
import { fileChanges } from "./file-change.ts";

const file = (digit: string, size = 1) => ({ size, sha256: digit.repeat(64) });

describe("fileChanges", () => {
  it("marks every file of both versions, sorted by path", () => {
    const before = { "b.ts": file("1"), "c.ts": file("2"), "d.ts": file("3", 7) };
    const after = { "a.ts": file("4", 9), "b.ts": file("1"), "c.ts": file("5") };
    expect(fileChanges(before, after).map(({ path, size, mark }) => [path, size, mark])).toEqual([
      ["a.ts", 9, "new"],
      ["b.ts", 1, "same"],
      ["c.ts", 1, "changed"],
      ["d.ts", 7, "removed"],
    ]);
  });

  it("takes names that every object has for files like any other", () => {
    const changes = fileChanges({ toString: file("1") }, { constructor: file("2") });
    expect(changes.map(({ path, mark }) => [path, mark])).toEqual([
      ["constructor", "new"],
      ["toString", "removed"],
    ]);
  });
});

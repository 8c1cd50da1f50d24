import { describe, expect, it } from "vitest";
import { missingFiles } from "./missing-files.ts";

// Ids as `git hash-object` prints them.
const entry = (path: string, oid: string) => ({ type: "file" as const, path, size: 6, oid });
const hello = Buffer.from("hello\n");
const helloId = "ce013625030ba8dba906f756967f9e9ca394464a";

describe("missingFiles", () => {
  it("finds a file by the id that git gives it", () => {
    expect(missingFiles([entry("a", helloId)], [["a", hello]])).toEqual([]);
  });

  it("finds a large file by the id of its pointer", () => {
    expect(missingFiles([entry("a", "fa61e1ef71c9908c0926776a4aa3504b3a27f159")], [["a", hello]])).toEqual([]);
  });

  it.each([
    ["another content", [entry("a", "0".repeat(40))]],
    ["another path", [entry("b", helloId)]],
    ["nothing", []],
  ])("misses a file where there is %s", (_title, tree) => {
    expect(missingFiles(tree, [["a", hello]])).toEqual(["a"]);
  });
});

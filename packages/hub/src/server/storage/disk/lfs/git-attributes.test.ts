import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filePathProblem } from "../../../repo/file-path.ts";
import { trackLfsFiles } from "./git-attributes.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "git-attributes-"));
  execFileSync("git", ["init", "-q", folder]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Which of some files git takes for Git LFS files. */
function trackedByGit(attributes: string, paths: readonly string[]): string[] {
  writeFileSync(join(folder, ".gitattributes"), attributes);
  const args = ["-C", folder, "check-attr", "-z", "--stdin", "filter"];
  const fields = execFileSync("git", args, { input: paths.join("\0"), encoding: "utf8" }).split("\0");
  return paths.filter((_, index) => fields[3 * index + 2] === "lfs");
}

test.each([
  ["nothing", "", ["a.bin"], "/a.bin filter=lfs diff=lfs merge=lfs -text\n"],
  ["no newline", "* -text", ["d/a b"], "* -text\n/d/a[[:space:]]b filter=lfs diff=lfs merge=lfs -text\n"],
  ["the extension", "*.bin filter=lfs\n", ["d/a.bin"], undefined],
  ["the file", "/d/a filter=lfs\n", ["d/a"], undefined],
  ["other attributes", "*.bin -text\n", ["a.bin"], "*.bin -text\n/a.bin filter=lfs diff=lfs merge=lfs -text\n"],
])("a file that has %s gets what it lacks", (_, text, paths, expected) => {
  expect(trackLfsFiles(text, paths)).toBe(expected);
});

test("git takes exactly the added files for Git LFS files, whatever their names", () => {
  const piece = fc.string({ unit: fc.constantFrom(..."ab .*?[]\\!#\"'é日"), minLength: 1, maxLength: 6 });
  const path = fc
    .array(piece, { minLength: 1, maxLength: 3 })
    .map((pieces) => pieces.join("/"))
    .filter((text) => filePathProblem(text) === undefined);
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 2, maxLength: 8 }), (paths) => {
      const large = paths.filter((_, index) => index % 2 === 0);
      const attributes = trackLfsFiles("* -text\n", large) ?? "";
      expect(trackedByGit(attributes, paths)).toEqual(large);
      expect(trackLfsFiles(attributes, large)).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

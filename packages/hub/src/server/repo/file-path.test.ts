import fc from "fast-check";
import { expect, test } from "vitest";
import { checkFilePath, filePathProblem } from "./file-path.ts";

test.each([
  "a",
  "a/b/c.txt",
  "with space/ünïcode 日本.txt",
  ".gitignore",
  ".github/x",
  "git/.gitkeep",
  "a~1",
  "…",
  "a.git",
])("%j is a good path", (path) => {
  expect(filePathProblem(path)).toBeUndefined();
});

test.each([
  ["", "empty"],
  ["/etc/passwd", "starts with '/'"],
  ["a//b", "empty piece"],
  ["a/", "empty piece"],
  ["..", "'..'"],
  ["a/../../b", "'..'"],
  ["./a", "'.'"],
  ["a\\b", "'\\'"],
  ["a\0b", "control character"],
  ["a\nb", "control character"],
  ["a\u0085b", "control character"],
  [".git/config", "'.git'"],
  ["sub/.GIT/hooks/x", "'.git'"],
  [".git ", "'.git'"],
  [".git. .", "'.git'"],
  ["git~1/x", "'.git'"],
  [".git::$INDEX_ALLOCATION", "'.git'"],
  [".g\u200cit/config", "'.git'"],
  ["a\uD800b", "well-formed"],
  ["e\u0301.txt", "NFC"],
  [`${"a/".repeat(512)}b`, "longer than 1024 bytes"],
  ["é".repeat(128), "longer than 255 bytes"],
])("%j is refused: %s", (path, reason) => {
  expect(filePathProblem(path)).toContain(reason);
});

test("the error names the path and the reason", () => {
  expect(() => checkFilePath("a/../b")).toThrowError(
    expect.objectContaining({ code: "HUB_BAD_REQUEST", message: `The path "a/../b" has the piece '..'.` }),
  );
});

test("a path that passes stays below the folder it is put in, on every system", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 6 }),
    fc.constantFrom("..", ".", ".git", ".GiT", "git~1", "a", "\\", "C:", "\u200d"),
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
      const path = pieces.join("/");
      fc.pre(filePathProblem(path) === undefined);
      const clean = path.split("/");
      expect(clean).not.toContain("..");
      expect(clean).not.toContain("");
      expect(clean.map((name) => name.toLowerCase())).not.toContain(".git");
      expect(path).not.toMatch(/^\/|\\/);
      expect(path.normalize("NFC")).toBe(path);
    }),
  );
});

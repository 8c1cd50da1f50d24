import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkRefName, refNameProblem, refNamesClash } from "./ref-name.ts";

test.each(["main", "v1.2.3", "v1.0.0+build.7", "feat/a/b", "ünï", "a@b", "abcdef"])("%j is a good name", (name) => {
  expect(refNameProblem(name)).toBeUndefined();
});

test.each([
  "",
  "a b",
  "a..b",
  "a~1",
  "a^",
  "a:b",
  "a?",
  "a*",
  "a[b",
  "a\\b",
  "a\tb",
  "@",
  "a@{1}",
  "/a",
  "a/",
  "a//b",
  ".a",
  "a/.b",
  "a.",
  "a.lock",
  "a.lock/b",
  "-a",
  "HEAD",
  "refs/heads/x",
  "0123456789abcdef0123456789abcdef01234567",
  "x".repeat(201),
  "a\uDC00",
])("%j is refused", (name) => {
  expect(() => checkRefName("branch", name)).toThrowError(expect.objectContaining({ code: "HUB_BAD_REQUEST" }));
});

test("git accepts every name that passes", () => {
  execFileSync("git", ["--version"]);
  const name = fc.string({
    unit: fc.constantFrom(
      "a",
      "B",
      "1",
      "/",
      ".",
      "-",
      "@",
      "{",
      "~",
      "^",
      "*",
      "[",
      "\\",
      " ",
      "é",
      "lock",
      "..",
      "+",
    ),
    maxLength: 8,
  });
  fc.assert(
    fc.property(name, (text) => {
      fc.pre(refNameProblem(text) === undefined);
      expect(spawnSync("git", ["check-ref-format", `refs/heads/${text}`]).status).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["a", "a", true],
  ["a", "a/b", true],
  ["a/b", "a", true],
  ["a", "ab", false],
  ["a/b", "a/c", false],
])("%s beside %s: clash is %s", (a, b, clash) => {
  expect(refNamesClash(a, b)).toBe(clash);
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ignoredPaths } from "./ignored-paths.ts";

test("the rules of a .gitignore are followed", () => {
  const paths = [".env", "a/.env", "a/keep.txt", "node_modules/x/y.js", "b.log", "important.log"];
  const rules = ".env\nnode_modules/\n*.log\n!important.log\n# comment\n";
  expect([...ignoredPaths(rules, paths)]).toEqual([".env", "a/.env", "node_modules/x/y.js", "b.log"]);
});

test("without rules nothing is ignored", () => {
  expect(ignoredPaths("", [".env"]).size).toBe(0);
});

let repo: string;
beforeAll(() => {
  repo = mkdtempSync(join(tmpdir(), "ignored-paths-"));
  execFileSync("git", ["init", "-q", repo]);
});
afterAll(() => rmSync(repo, { recursive: true, force: true }));

/** What git itself says. */
function byGit(rules: string, paths: readonly string[]): string[] {
  writeFileSync(join(repo, ".gitignore"), rules);
  try {
    const args = ["-C", repo, "-c", "core.excludesFile=", "check-ignore", "--no-index", "-z", "--stdin"];
    const output = execFileSync("git", args, { input: paths.join("\0"), encoding: "utf8", stdio: "pipe" });
    return output.split("\0").slice(0, -1);
  } catch (error) {
    // It ends with 1 where nothing is ignored.
    if ((error as { status?: number }).status === 1) return [];
    throw error;
  }
}

const manyPaths = [
  "a",
  "b",
  "a.b",
  ".a",
  "ab/a",
  "a/b/c",
  "a/c",
  "b/a/b/c",
  "x y",
  "a ",
  "!a",
  "#a",
  "[",
  "a]",
  "-",
  "\\",
];

test.each([
  "a/b",
  "/a",
  "a/",
  "a/*",
  "a/**",
  "**/c",
  "a/**/c",
  "**",
  "a**",
  "**a",
  "*",
  "?",
  "[ab]",
  "[!ab]",
  "[^a]",
  "[a-b]*",
  "[]a]*",
  "[a",
  "a\\",
  "\\a",
  "\\!a",
  "\\#a",
  "!a\na",
  "a\n!a",
  "a/\n!a/b/c",
  "*\n!*/",
  "*\n!a",
  "a \nx\\ y",
  "a\\ ",
  "[[:alpha:]]",
  "[[:punct:]]*",
  "[[:none:]]",
  "[\\a]",
  "[a\\-b]",
  "/*",
  "//a",
  "a//c",
  "/",
  "/**/",
  "**/",
  "**/**/c",
  "b/**",
  "*/b",
  "[a-]",
  "\\\\",
  "x\\\ty",
  "a\t",
  " a",
])("%j means what it means to git", (rules) => {
  expect([...ignoredPaths(rules, manyPaths)]).toEqual(byGit(rules, manyPaths));
});

test("any rules mean what they mean to git", () => {
  const name = fc
    .string({ unit: fc.constantFrom("a", "b", ".", "-"), minLength: 1, maxLength: 3 })
    .filter((text) => !/^\.+$/.test(text));
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
  const piece = fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "[ab]", "[!a]", "."), maxLength: 3 });
  // "a**" is none of git's forms, and its own code is of two minds about it.
  const plain = piece.filter((text) => !text.includes("**"));
  const pieces = fc.array(fc.oneof(plain, fc.constant("**")), { minLength: 1, maxLength: 4 });
  const rule = fc.tuple(fc.constantFrom("", "!"), pieces).map(([sign, parts]) => sign + parts.join("/"));
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 4 }),
      fc.uniqueArray(path, { minLength: 1, maxLength: 20 }),
      (rules, paths) => {
        const text = rules.join("\n");
        expect([...ignoredPaths(text, paths)]).toEqual(byGit(text, paths));
      },
    ),
    { numRuns: 150 },
  );
});

test.each([
  ["*a*a*a*a*a*a*a*a*a*b", "a".repeat(250)],
  ["**/a/**/a/**/a/**/a/**/a/**/b", "a/".repeat(120) + "a"],
  ["a?".repeat(40) + "*".repeat(40) + "b", "a".repeat(250)],
])("%j takes no time that grows with every star", (rules, path) => {
  // Backtracking over all stars would take longer than anybody waits.
  expect(ignoredPaths(rules, [path]).size).toBe(0);
});

test("so much that it would keep the hub busy is refused", () => {
  const rules = Array.from({ length: 4_000 }, (_, i) => `*a*x${i}`).join("\n");
  const paths = Array.from({ length: 1_000 }, (_, i) => `${"a".repeat(200)}${i}`);
  expect(() => ignoredPaths(rules, paths)).toThrowError(expect.objectContaining({ code: "HUB_BAD_REQUEST" }));
  expect(() => ignoredPaths("a".repeat(70_000), ["a"])).toThrowError(/longer than 65536 characters/);
});

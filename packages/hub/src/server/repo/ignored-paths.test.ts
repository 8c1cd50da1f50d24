import { expect, test } from "vitest";
import { ignoredPaths } from "./ignored-paths.ts";

test("the rules of a .gitignore are followed", async () => {
  const paths = [".env", "a/.env", "a/keep.txt", "node_modules/x/y.js", "b.log", "important.log"];
  const rules = ".env\nnode_modules/\n*.log\n!important.log\n# comment\n";
  expect([...(await ignoredPaths(rules, paths))]).toEqual([".env", "a/.env", "node_modules/x/y.js", "b.log"]);
});

test("without rules nothing is ignored", async () => {
  expect((await ignoredPaths("", [".env"])).size).toBe(0);
});

import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const page = read("docs/guide/deriving-tools.md");
const documented = [...page.matchAll(/^\| `([EW]_[A-Z_]+)` \|/gm)].map(([, code = ""]) => code);
const declared = [...read("packages/cli/src/derive/problems/problem.ts").matchAll(/"([EW]_[A-Z_]+)"/g)].map(
  ([, code = ""]) => code,
);
const tests = globSync("packages/cli/src/derive/*.test.ts").map(read).join("\n");

it("the page about derivation has every code once, and no other", () => {
  expect(documented.toSorted()).toEqual(declared.toSorted());
});

it.each(declared)("%s is shown by a test", (code) => {
  expect(tests.includes(code)).toBe(true);
});

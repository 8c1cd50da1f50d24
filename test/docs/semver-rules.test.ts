import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const page = readFileSync(new URL("../../docs/guide/semver-rules.md", import.meta.url), "utf8");
const documented = [...page.matchAll(/^\| `([a-z-]+)` \| (major|minor|patch) \|/gm)].map(([, rule = ""]) => rule);
const source = globSync("packages/hub/src/compat/*.ts", { exclude: (path) => path.includes(".test.") })
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");
const ids =
  /"((?:input|output|tool|permission|effect|runtime|engine|license|description|text|content|default)-[a-z-]+)"/g;
const rules = [...new Set([...source.matchAll(ids)].map(([, rule = ""]) => rule))];

it("the page about versions has every rule once, and no other", () => {
  expect([...documented].sort()).toEqual([...rules].sort());
});

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as testing from "@smoltools/core/testing";
import { expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("CONTRIBUTING.md", root), "utf8");
const quoted = [...page.matchAll(/`([^`\n]+)`/g)].map(([, text = ""]) => text);
const { scripts } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { scripts: object };

it("every file and folder that CONTRIBUTING.md names is there", () => {
  const paths = quoted.filter((text) => /^(?:\.?[\w-]+\/)[\w./-]*$/.test(text) && !text.startsWith("path/"));
  expect(paths.length).toBeGreaterThan(60);
  expect(paths.filter((path) => !existsSync(fileURLToPath(new URL(path, root))))).toEqual([]);
});

it("every script that CONTRIBUTING.md names is there", () => {
  // Commands of pnpm itself, and of a tool that it runs.
  const others = new Set(["changeset", "install"]);
  const named = [...page.matchAll(/pnpm(?:@12)? ([a-z][\w:]*)/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !(name in scripts) && !others.has(name))).toEqual([]);
});

it("every contract that CONTRIBUTING.md names is in @smoltools/core/testing", () => {
  const contracts = quoted.filter((text) => /^test[A-Z]\w+$/.test(text));
  expect(contracts.length).toBeGreaterThan(3);
  expect(contracts.filter((name) => !(name in testing))).toEqual([]);
});

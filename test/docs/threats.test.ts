import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("SECURITY.md", root), "utf8");
const table = page.slice(page.indexOf("### Threats"), page.indexOf("## Saved things"));

it("SECURITY.md names a test for each threat, and each test is of a threat", () => {
  const named = [...table.matchAll(/`([a-z0-9-]+\.test\.ts)`/g)].map(([, file]) => file);
  const tests = readdirSync(new URL("test/security/", root)).filter((file) => file.endsWith(".test.ts"));
  expect([...named].sort()).toEqual([...tests].sort());
});

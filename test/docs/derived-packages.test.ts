import { readFileSync } from "node:fs";
import { SchemaValidator } from "@smoltools/core";
import { beforeAll, describe, expect, it } from "vitest";
import { derivePackage, type FunctionResult } from "../../scripts/derived-packages/derive-package.ts";
import { packages } from "../../scripts/derived-packages/packages.ts";
import { packageLines } from "../../scripts/derived-packages/page.ts";

const page = readFileSync(new URL("../../docs/derived-packages.md", import.meta.url), "utf8").split("\n");
const fast = new Set(["fastest-levenshtein", "he", "nanoid", "simple-statistics", "slugify", "validator"]);

it("the page about real packages has a line for each", () => {
  expect(packages.length).toBeGreaterThanOrEqual(12);
  for (const { name } of packages) expect(page.filter((line) => line.startsWith(`| \`${name} `))).toHaveLength(1);
});

describe.each(packages.filter(({ name }) => fast.has(name)))("of $name", (derived) => {
  let results: FunctionResult[] = [];
  beforeAll(async () => {
    results = await derivePackage(derived);
  });

  it("the page says what derivation finds", () => {
    const { summary, refusals } = packageLines(derived, results);
    expect(page).toEqual(expect.arrayContaining([summary, ...refusals]));
  });

  it("each function is derived, to schemas that can be used, or refused with a reason", () => {
    for (const { described, problems } of results) {
      expect(described === undefined).toBe(problems.length > 0);
      for (const schema of described ? [described.inputSchema, described.outputSchema ?? true] : []) {
        expect(new SchemaValidator(schema)).toBeInstanceOf(SchemaValidator);
      }
      for (const { message, fix } of problems) expect([message, fix]).not.toContain("");
    }
  });
});

import { expect, test } from "vitest";
import { SchemaValidator } from "../validation/schema-validator.ts";
import { PatternMatcher } from "./pattern-matcher.ts";

const free = (): void => {};

test.each<[pattern: string, longest: number]>([
  ["^[a-z]+$", 1e8],
  ["^[\\s\\S]*$", 1e8],
  ["foo", 1e8],
  ["https?://.+", 1e7],
  ["^[a-f0-9]{64}$", 1e8],
  ["^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$", 1e7],
  ["^[a-z0-9]+(-[a-z0-9]+)*$", 10_000],
  ["^(?=.*\\d)(?!.*\\s)[a-z\\d]+$", 1e7],
  [".*foo.*", 10_000],
  ["^(\\d+,)*\\d+$", 10_000],
  ["^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", 800],
  ["^.*a.*b.*$", 800],
])("texts of the size that people have are held against %s", (pattern, longest) => {
  expect(new PatternMatcher(pattern).longest).toBeGreaterThanOrEqual(longest);
});

test.each([
  ["^a*a*a*a*a*$", "a"],
  ["\\s+$", "\t"],
  [".*.*=.*", "a"],
  ["^(.*)-(.*)-(.*)$", "-"],
  ["(?=.*a.*b)c", "a"],
  ["^(a{0,9}){4}a*b$", "a"],
  ["^(\\w+)\\s+\\1\\s*\\w+$", "a"],
])("a text on which %s would take long is not held against it", (pattern, char) => {
  const matcher = new PatternMatcher(pattern);
  expect(matcher.longest).toBeLessThan(100_000);
  expect(matcher.matches(char.repeat(matcher.longest + 1), free)).toBeUndefined();
  // It comes back at all: what it may take stays within bounds.
  expect(matcher.matches(`${char.repeat(matcher.longest - 1)}\n`, free)).toBeTypeOf("boolean");
});

test("the finding says how long a text may be", () => {
  const [finding] = new SchemaValidator({ pattern: "\\s+$" }).findings(" ".repeat(20_000));
  expect(finding?.expected).toMatch(/^a text of at most 14\d{3} characters, because matching \\s\+\$ takes too long/);
});

test("names of properties are bounded alike", () => {
  const validator = new SchemaValidator({ patternProperties: { "\\s+$": true } });
  expect(validator.findings({ [" ".repeat(20_000)]: 1 })).toHaveLength(1);
  expect(validator.findings({ " ": 1 })).toEqual([]);
});

test("many texts together may not take longer than one", () => {
  const validator = new SchemaValidator({ items: { pattern: "^a*a*a*b$" } });
  const texts = Array.from({ length: 200 }, () => "a".repeat(600));
  const began = performance.now();
  expect(validator.findings(texts).length).toBeGreaterThan(0);
  // Two hundred of them would take a minute.
  expect(performance.now() - began).toBeLessThan(20_000);
});

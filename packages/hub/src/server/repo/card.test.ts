import fc from "fast-check";
import { expect, test } from "vitest";
import { cardTags, parseCard } from "./card.ts";

test("the front matter is read", () => {
  expect(parseCard("---\nsdk: static\ntags: [tool]\n---\n# Hi\n")).toEqual({
    data: { sdk: "static", tags: ["tool"] },
    problems: [],
  });
});

test.each([
  ["", "no front matter"],
  ["# Hi\n---\na: 1\n---\n", "lines further down"],
  ["---\n---\n", "an empty one"],
  ["---\nno end", "one without an end"],
])("%j has no data: %s", (text) => {
  expect(parseCard(text)).toEqual({ data: {}, problems: [] });
});

test("Windows line ends are understood", () => {
  expect(parseCard("---\r\na: 1\r\n---\r\n").data).toEqual({ a: 1 });
});

test.each(["---\na: [1\n---\n", "---\n- a\n---\n", "---\na: *b\n---\n", "---\na: 1\na: 2\n---\n"])(
  "%j is a problem",
  (text) => {
    expect(parseCard(text).problems[0]).toMatch(/^README.md front matter: /);
  },
);

test.each([`a: ${"[".repeat(30_000)}`, `a: ${"x".repeat(70_000)}`, "? ".repeat(20_000), `${"- ".repeat(20_000)}a`])(
  "front matter made to be hard is a problem, not a hang or a crash",
  (yaml) => {
    expect(parseCard(`---\n${yaml}\n---\n`).problems).toHaveLength(1);
  },
);

test("aliases that would grow without end are a problem, not a hang", () => {
  const lines = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
  expect(parseCard(`---\na0: &a0 [1]\n${lines.join("\n")}\n---\n`).problems).toHaveLength(1);
});

test("a key __proto__ is data like any other", () => {
  const { data } = parseCard("---\n__proto__: {polluted: true}\n---\n");
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  expect(Object.keys(data)).toEqual(["__proto__"]);
});

test("any text gives a card", () => {
  fc.assert(
    fc.property(fc.string(), (yaml) => {
      const { data } = parseCard(`---\n${yaml}\n---\n`);
      expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    }),
  );
});

test("tags come from the tags, the sdk, the library, the task and the license", () => {
  const data = { tags: ["tool", 1, ""], library_name: "x", pipeline_tag: "y", license: ["mit", "apache-2.0"] };
  expect(cardTags(data, "static")).toEqual(["tool", "static", "x", "y", "license:mit", "license:apache-2.0"]);
});

test("a key that stands twice is a problem, wherever it is, and its place is told", () => {
  expect(parseCard("---\na: {b: 1, b: 2}\n---\n").problems).toEqual([
    "README.md front matter: Map keys must be unique at line 1, column 11",
  ]);
  expect(parseCard("---\na: 1\nb: [\n---\n").problems[0]).toMatch(/ at line \d+, column \d+$/);
});

test("the time for many keys grows no faster than their number", () => {
  const yaml = Array.from({ length: 7_000 }, (_, i) => `k${i}: 1`).join("\n");
  // The best of some runs: whatever else the machine does meanwhile only makes one longer.
  const time = (text: string): number => {
    const runs = Array.from({ length: 4 }, () => {
      const begin = performance.now();
      parseCard(`---\n${text}\n---\n`);
      return performance.now() - begin;
    });
    return Math.max(Math.min(...runs), 0.5);
  };
  // Sixteen times as much takes about sixteen times as long; where the time grew with the square, 256 times.
  expect(time(yaml) / time(yaml.slice(0, yaml.length / 16))).toBeLessThan(80);
});

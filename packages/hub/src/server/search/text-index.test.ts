import fc from "fast-check";
import { expect, test } from "vitest";
import { TextIndex } from "./text-index.ts";
import { isAlmost, wordsOf } from "./words.ts";

const text = (words: string, weight = 1) => [{ text: words, weight, usualLength: 5 }];
const all = () => true;
const found = (index: TextIndex, query: string) =>
  [...index.search(query, all)].sort((a, b) => b[1] - a[1]).map(([id]) => id);

function indexOf(documents: Record<string, string>): TextIndex {
  const index = new TextIndex();
  for (const [id, words] of Object.entries(documents)) index.set(id, text(words));
  return index;
}

test.each<[string, string[]]>([
  ["getWeather", ["get", "weather", "getweather"]],
  ["get_weather-now", ["get", "weather", "now"]],
  ["HTTP2 URL", ["http2", "url"]],
  ["Größe, naïve!", ["größe", "naïve"]],
  ["天気 ﬁle", ["天気", "file"]],
  ["x".repeat(41), []],
  ["", []],
])("the words of %j", (words, expected) => {
  expect(wordsOf(words)).toEqual(expected);
});

test.each([
  ["weather", "wether", true],
  ["weather", "weathers", true],
  ["weather", "weatehr", true],
  ["weather", "wxather", true],
  ["weather", "wxatherx", false],
  ["ab", "ba", true],
  ["abc", "cba", false],
])("%s and %s are almost the same: %s", (a, b, almost) => {
  expect([isAlmost(a, b), isAlmost(b, a)]).toEqual([almost, almost]);
});

test("one changed letter is always almost the same", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 2 }), fc.nat(), fc.constantFrom("x", ""), (word, at, letter) => {
      const place = at % word.length;
      expect(isAlmost(word, word.slice(0, place) + letter + word.slice(place + 1))).toBe(true);
    }),
  );
});

test("a rare word tells more than a frequent one, and a heavy text more than a light one", () => {
  const index = indexOf({ a: "common rare", b: "common", c: "common" });
  expect(found(index, "common rare")).toEqual(["a"]);
  index.set("d", text("rare", 4));
  expect(found(index, "rare")).toEqual(["d", "a"]);
});

test("what is replaced or deleted is not found any more", () => {
  const index = indexOf({ a: "walrus", b: "walrus" });
  index.set("a", text("penguin"));
  index.delete("b");
  index.delete("never there");
  expect([found(index, "walrus"), found(index, "penguin")]).toEqual([[], ["a"]]);
});

test("a document that is replaced ten thousand times is found by its last words alone", () => {
  const index = indexOf({ other: "steady" });
  for (let n = 0; n < 10_000; n++) index.set("a", text(`word${n}`));
  expect(found(index, "word9999")).toEqual(["a"]);
  expect(found(index, "word5")).toEqual([]);
  expect(found(index, "steady")).toEqual(["other"]);
});

test("words that begin alike and words that are almost there are found, after the word itself", () => {
  const index = indexOf({ a: "weather", b: "weathering", c: "weathor" });
  expect(found(index, "weather")).toEqual(["a", "b"]);
  expect(found(index, "weathr")).toEqual(["a", "c"]);
});

test("what is left out does not count as found", () => {
  const index = indexOf({ a: "one two", b: "one" });
  const onlyB = index.search("one two", (id) => id === "b");
  expect([...onlyB.keys()]).toEqual(["b"]);
});

test("a question without words, or with words that every object has, finds nothing", () => {
  const index = indexOf({ a: "one" });
  expect([found(index, " !? "), found(index, "constructor"), found(index, "__proto__")]).toEqual([[], [], []]);
});

test("every document is found by each of its words", () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(
    fc.property(
      fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 30 }),
      (documents) => {
        const index = new TextIndex();
        for (const [id, words] of documents.entries()) index.set(String(id), text(words.join(" ")));
        for (const [id, words] of documents.entries()) {
          for (const one of words) expect(index.search(one, all).has(String(id))).toBe(true);
        }
      },
    ),
  );
});

test("of a document that is a list of words some are known, and it costs no more than those", () => {
  const words = Array.from({ length: 5_000 }, (_, i) => `word${i}x`);
  const index = indexOf({ spam: words.join(" "), real: "word4999x" });
  expect(found(index, "word1999x")).toEqual(["spam"]);
  expect(found(index, "word4999x")).toEqual(["real"]);
});

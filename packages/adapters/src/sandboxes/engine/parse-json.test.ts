import { expect, test } from "vitest";
import { parseJson } from "./parse-json.ts";

test.each([
  ['{"__proto__":{"polluted":1},"a":1}', { a: 1 }],
  ['[{"a":{"__proto__":null,"b":2}},{"__proto__":[]}]', [{ a: { b: 2 } }, {}]],
  ['{"\\u005f_proto__":{"polluted":1}}', {}],
  ['{"a":"__proto__","constructor":{"prototype":1}}', { a: "__proto__", constructor: { prototype: 1 } }],
  ['"\\ud800__proto__"', "\ud800__proto__"],
  ["[null,null,1]", [null, null, 1]],
])("the value of %s has no member __proto__", (json, value) => {
  const parsed = parseJson(json);
  expect(parsed).toEqual(value);
  expect(Object.assign({}, parsed)).not.toHaveProperty("polluted");
});

test("goes on past null", () => {
  expect(parseJson('[{"__proto__":1},null,{"__proto__":1,"a":2},null]')).toEqual([{}, null, { a: 2 }, null]);
});

test("refuses what is no JSON", () => {
  expect(() => parseJson("{")).toThrow(SyntaxError);
});

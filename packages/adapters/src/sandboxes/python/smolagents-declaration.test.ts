import { expect, test } from "vitest";
import { isDeclaration } from "./smolagents-declaration.ts";

const declaration = { name: "a", description: "b", inputs: {}, outputType: "string" };

test("what has all parts of a declaration is one", () => {
  expect(isDeclaration(declaration)).toBe(true);
  expect(isDeclaration({ ...declaration, inputs: { a: { type: ["string"], description: "c" } } })).toBe(true);
});

test.each<[what: string, value: unknown]>([
  ["nothing", null],
  ["a text", "tool"],
  ["no name", { ...declaration, name: undefined }],
  ["inputs that are nothing", { ...declaration, inputs: null }],
  ["inputs that are texts", { ...declaration, inputs: { a: "string" } }],
  ["an input without a description", { ...declaration, inputs: { a: { type: "string" } } }],
  ["an input of no type", { ...declaration, inputs: { a: { type: 1, description: "c" } } }],
])("%s is no declaration", (_what, value) => {
  expect(isDeclaration(value)).toBe(false);
});

import { createContext, runInContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { transform } from "./transform.ts";

/** Runs steps as an engine would, in a global scope of their own. */
async function runSteps(...steps: string[]): Promise<unknown> {
  const globals = createContext();
  let value: unknown;
  for (const source of steps) {
    const { body, functions, variables } = transform(source);
    for (const name of variables) if (!(name in globals)) globals[name] = undefined;
    if (functions !== undefined) runInContext(functions, globals);
    const step = runInContext(body, globals) as () => Promise<unknown>;
    value = await step();
  }
  return structuredClone(value);
}

describe("transform", () => {
  test.each<[string, string[], unknown]>([
    ["the last expression is the value", ["1; 2"], 2],
    ["a semicolon at the end changes nothing", ["2;"], 2],
    ["a comment at the end changes nothing", ["2 // two"], 2],
    ["a parenthesised expression keeps its parentheses", ["(1, 2)"], 2],
    ["an object in parentheses is a value", ["({ a: 1 })"], { a: 1 }],
    ["a declaration is no value", ["const a = 1"], undefined],
    ["a block is no value", ["{ 1 }"], undefined],
    ["nothing is no value", [""], undefined],
    ["a return ends the step", ["return 1; 2"], 1],
    ["await works at the top level", ["await 3"], 3],
    ["const lives on", ["const a = 1", "a"], 1],
    ["let without a value is undefined again", ["let a = 1", "let a", "a"], undefined],
    ["var without a value keeps it", ["var a = 1", "var a", "a"], 1],
    ["several names in one declaration live on", ["let a = 1, b = a + 1, c", "[a, b, c]"], [1, 2, undefined]],
    [
      "an object pattern lives on",
      ["const { a, b: { c = 2 }, ...d } = { a: 1, b: {}, e: 3 }", "[a, c, d]"],
      [1, 2, { e: 3 }],
    ],
    ["an array pattern lives on", ["const [a, , [b] = [2], ...c] = [1, 0, undefined, 3]", "[a, b, c]"], [1, 2, [3]]],
    ["a class lives on", ["class A { x = 1 }", "new A().x"], 1],
    ["a class can be declared again", ["class A { x = 1 }", "class A { x = 2 }", "new A().x"], 2],
    ["a function lives on", ["function f() { return 1 }", "f()"], 1],
    ["an async generator function lives on", ["async function* f() { yield 1 }", "(await f().next()).value"], 1],
    ["a function is hoisted", ["const a = f()\nfunction f() { return 1 }\na"], 1],
    [
      "a function that is declared again is the one that others call",
      ["function f() { return 1 } function g() { return f() }", "function f() { return 2 }", "g()"],
      2,
    ],
    ["a name can change its kind", ["const a = 1", "function a() {}", "typeof a"], "function"],
    ["a name in a block does not live on", ["let a = 1; { let a = 2 }", "a"], 1],
    ["a loop variable does not live on", ["let i = 1; for (let i = 5; i < 6; i++) ;", "i"], 1],
    ["var in a block lives on", ["if (true) { var a = 1 } else var b = 2", "[a, b]"], [1, undefined]],
    ["var in an if without braces lives on", ["if (false) var a = 1\nelse var a = 2", "a"], 2],
    [
      "var in loops lives on",
      [
        "for (var i = 0; i < 3; i++) { var s = i }\nfor (var k in { x: 1 }) ;\nfor (var [v] of [[9]]) ;",
        "[i, s, k, v]",
      ],
      [3, 2, "x", 9],
    ],
    [
      "var in try and switch lives on",
      ["try { var a = 1; throw 0 } catch { var b = 2 } finally { switch (1) { case 1: var c = 3 } }", "[a, b, c]"],
      [1, 2, 3],
    ],
    ["var in a function stays there", ["function f() { var hidden = 1 }\nf()\ntypeof hidden"], "undefined"],
    ["arrow functions get their name", ["const f = () => 1", "f.name"], "f"],
    ["a declaration without semicolon ends at its line", ["let a\n;[1].map(() => 0)\nconst b = 2\nb"], 2],
    ["a call on the next line belongs to the declaration, as always", ["const a = String\n(1)", "a"], "1"],
    [
      "a function between statements without semicolons keeps them apart",
      ["let a = 1\na\nfunction f() {}\n(a + 1)"],
      2,
    ],
    ["labels keep working", ["let n = 0; out: for (;;) { for (;;) { n++; break out } }\nn"], 1],
    ["a directive is harmless", ["'use strict'; 1"], 1],
  ])("%s", async (_name, steps, value) => {
    expect(await runSteps(...steps)).toEqual(value);
  });

  test.each(["import a from 'b'", "export const a = 1", "let a = ;", "break", "function", "await = 1", "let a; let a"])(
    "refuses %j",
    (source) => {
      expect(() => transform(source)).toThrow(SyntaxError);
    },
  );

  test("names what it declares", () => {
    const { variables, functionNames } = transform(
      "const { a, b: [c] } = x; let d; class E {} function f() {} { var g }",
    );
    expect([variables, functionNames]).toEqual([["a", "c", "d", "E", "g"], ["f"]]);
  });

  const statements = [
    "const a = 1",
    "let b",
    "var { c,\n d } = { c: 1 }",
    "function f(x) {\n  return x;\n}",
    "class G {\n  m() {}\n}",
    "if (a) {\n  var h = 1\n} else var i = 2",
    "for (var j = 0; j < 2; j++) ;",
    "`text\n${'in'}\nlines`",
    "/* a\ncomment */",
    "// another",
    "a",
    "",
  ];

  test("never moves a line", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statements), { maxLength: 12 }), (parts) => {
        const once = deduplicate(parts.map((part, index) => `${part};\nmark${index}();`).join("\n"));
        const step = transform(once);
        const lines = step.body.split("\n");
        const marked = once
          .split("\n")
          .map((line, number) => [/mark\d+/.exec(line)?.[0] ?? "", lines[number]] as const);
        for (const [mark, line] of marked) expect(line).toContain(mark);
        expect(lines).toHaveLength(once.split("\n").length + 1);
      }),
    );
  });

  test("finds the place in the source of every place that it keeps", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statements), { maxLength: 8 }), (parts) => {
        const source = deduplicate(
          parts.map((part, index) => `${part}${part.startsWith("//") ? "\n" : ";"} mark${index}();`).join(" "),
        );
        const { body, sourcePosition } = transform(source);
        const bodyLines = body.split("\n");
        const sourceLines = source.split("\n");
        for (const [index, line] of bodyLines.entries()) {
          for (const { 0: mark, index: column } of line.matchAll(/mark\d+/g)) {
            const found = sourcePosition({ line: index + 1, column: column + 1 });
            expect(found.line).toBe(index + 1);
            expect(sourceLines[found.line - 1]?.slice(found.column - 1)).toMatch(new RegExp(`^${mark}\\b`));
          }
        }
      }),
    );
  });
});

/** Gives every declared name a number, so that no name is declared twice. */
function deduplicate(source: string): string {
  let count = 0;
  return source.replaceAll(
    /\b(const |let |class |function )([a-zA-Z])\b/g,
    (_, keyword: string, name: string) => `${keyword}${name}${count++}`,
  );
}

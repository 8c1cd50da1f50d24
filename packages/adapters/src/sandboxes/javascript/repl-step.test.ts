import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { replStep } from "./repl-step.ts";

describe("the REPL form of a step", () => {
  test.each<[what: string, source: string, repl: string | undefined]>([
    ["is the source", "a + 1", "a + 1"],
    ["lets constants be assigned again", "const a = 1;\nconst b = 2", "let   a = 1;\nlet   b = 2"],
    ["leaves constants in blocks alone", "{ const a = 1; }", "{ const a = 1; }"],
    ["imports by a function, wherever it stands", "f(() => import('x'))", "f(() => $load$('x'))"],
    ["keeps texts that only look like an import", "'import(1)' + a.import", "'import(1)' + a.import"],
    ["does not exist for a return at the top level", "if (a) return 1", undefined],
    ["exists for a return in a function", "const f = () => { return 1 }", "let   f = () => { return 1 }"],
    [
      "exists for a return in a method",
      "class A { m() { return 1 } static { } }",
      "class A { m() { return 1 } static { } }",
    ],
  ])("%s", (_what, source, repl) => {
    expect(replStep(source).repl).toBe(repl);
  });

  test("has every character where it stands in the source", () => {
    const statement = fc.constantFrom(
      "const a = 1;",
      "let b = 'é';",
      "await import('m');",
      "f();\n",
      "/* x */",
      "class C {}",
    );
    fc.assert(
      fc.property(fc.array(statement), (statements) => {
        const source = statements
          .map((text, index) => text.replace(/\b[abC]\b/, (name) => `${name}${index}`))
          .join(" ");
        expect(replStep(source).repl).toHaveLength(source.length);
      }),
    );
  });
});

test.each<[source: string, names: string[]]>([
  ["const { a, b: [c] } = x; class D {} function e() {}", ["a", "c", "D", "e"]],
  ["{ let a; } for (const b of []) ;", []],
])("the names that %s declares are known", (source, names) => {
  expect(replStep(source).names).toEqual(names);
});

test.each<[source: string, hasValue: boolean]>([
  ["1", true],
  ["const a = 1", false],
  ["if (a) 1", false],
  ["", false],
])("the value of %s counts: %s", (source, hasValue) => {
  expect(replStep(source).hasValue).toBe(hasValue);
});

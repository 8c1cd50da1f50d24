import { describe, expect, test } from "vitest";
import { prepareStep } from "./prepare-step.ts";

async function bodyOf(source: string): Promise<string> {
  const prepared = await prepareStep(source);
  if ("error" in prepared) throw new Error(prepared.error.message);
  return prepared.step.body;
}

async function errorOf(source: string): Promise<object> {
  const prepared = await prepareStep(source);
  if ("error" in prepared) return prepared.error;
  throw new Error("it is accepted");
}

describe("prepareStep", () => {
  test.each([
    ["a type annotation", "let n: number = 1\nn"],
    ["an interface", "interface P {\n  n: number\n}\nconst n = 1\nn"],
    ["a type alias", "type N =\n  | 1\nconst n: N = 1\nn"],
    ["as and satisfies", "const n = (1 as number) satisfies number\nn"],
    ["a generic call that is also JavaScript", "const f = (x) => x\nconst n = f<number>(1)\nn"],
    ["a generic constructor that is also JavaScript", "const n = new Set<number>([1]).size\nn"],
    ["a generic function", "function f<T>(x: T): T { return x }\nf(1)"],
    ["a non-null assertion", "const a: number | null = 1\na!"],
    ["a top-level return", "const n: number = 1\nreturn n"],
    ["top-level await", "const n: number = await 1\nn"],
    ["class fields with types", "class A { private n?: number = 1; declare m: string }\nnew A().n"],
  ])("takes the types out of %s without moving a line", async (_name, source) => {
    const body = await bodyOf(source);
    expect(body.split("\n")).toHaveLength(source.split("\n").length + 1);
    expect(() => new Function(`return ${body}`)).not.toThrow();
  });

  test("leaves a comparison that looks like a generic call alone", async () => {
    const body = await bodyOf("const a = 1, b = 2, c = 3;\na < b && c > (b)");
    expect(body).toContain("a < b && c > (b)");
  });

  test.each<[string, RegExp, number, number]>([
    ["\nenum Color { Red }", /constant object/, 2, 1],
    ["namespace A { export const b = 1 }", /plain object/, 1, 1],
    ["class A { constructor(private n: number) {} }", /constructor/, 1, 31],
    ["const a = <any>b", /as/, 1, 11],
    ['import a from "b"', /await import/, 1, 1],
    ["const a: number = 1;\nexport { a }", /await import/, 2, 1],
    ["const a = ;", /./, 1, 11],
    ["const a: string = ;", /./, 1, 19],
    ["f(1", /./, 1, 4],
  ])("says what is wrong with %j, and where", async (source, message, line, column) => {
    expect(await errorOf(source)).toMatchObject({
      code: "SANDBOX_SYNTAX",
      name: "SyntaxError",
      message: expect.stringMatching(message),
      line,
      column,
    });
  });

  test("refuses source that is nested too deeply", async () => {
    expect(await errorOf("(".repeat(100_000))).toMatchObject({
      code: "SANDBOX_SYNTAX",
      message: expect.stringMatching(/deep/),
    });
  });
});

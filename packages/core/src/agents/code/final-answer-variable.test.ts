import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { javascript } from "./javascript.ts";
import { python } from "./python.ts";

describe("Python code that assigns to final_answer and calls it", () => {
  it.each([
    [
      "final_answer = 42\nfinal_answer(final_answer)",
      "final_answer_variable = 42\nfinal_answer(final_answer_variable)",
    ],
    [
      "final_answer: int = 42\nfinal_answer(final_answer)",
      "final_answer_variable: int = 42\nfinal_answer(final_answer_variable)",
    ],
    [
      "final_answer = [1]\nfinal_answer.append(2)\nfinal_answer (final_answer[0])",
      "final_answer_variable = [1]\nfinal_answer_variable.append(2)\nfinal_answer (final_answer_variable[0])",
    ],
    ["a, final_answer = 1, 2\nfinal_answer(a)", "a, final_answer_variable = 1, 2\nfinal_answer(a)"],
    ["final_answer, d.b = 1, 2\nfinal_answer(1)", "final_answer_variable, d.b = 1, 2\nfinal_answer(1)"],
    ["[a, (final_answer, b)] = x\nfinal_answer(1)", "[a, (final_answer_variable, b)] = x\nfinal_answer(1)"],
    ["a = final_answer = 1\nfinal_answer(a)", "a = final_answer_variable = 1\nfinal_answer(a)"],
    [
      "if (final_answer := f()): final_answer(final_answer)",
      "if (final_answer_variable := f()): final_answer(final_answer_variable)",
    ],
    [
      "for i, final_answer in x:\n  pass\nfinal_answer(i)",
      "for i, final_answer_variable in x:\n  pass\nfinal_answer(i)",
    ],
    ["with f() as final_answer: pass\nfinal_answer(1)", "with f() as final_answer_variable: pass\nfinal_answer(1)"],
    [
      "final_answer = 1\nfinal_answer(f'{final_answer:>{final_answer}} {{final_answer}}')",
      "final_answer_variable = 1\nfinal_answer(f'{final_answer_variable:>{final_answer_variable}} {{final_answer}}')",
    ],
    [
      'final_answer = 1\nfinal_answer(f"""{d["}"]!r:"^9} {final_answer}""")',
      'final_answer_variable = 1\nfinal_answer(f"""{d["}"]!r:"^9} {final_answer_variable}""")',
    ],
    [
      "final_answer = 7 // 2 # final_answer\nfinal_answer(final_answer)",
      "final_answer_variable = 7 // 2 # final_answer\nfinal_answer(final_answer_variable)",
    ],
    [
      "def f(final_answer): return final_answer\nfinal_answer = f(1)\nfinal_answer(2)",
      "def f(final_answer_variable): return final_answer_variable\nfinal_answer_variable = f(1)\nfinal_answer(2)",
    ],
    [
      "final_answer_variable = 1\nfinal_answer = 2\nfinal_answer(3)",
      "final_answer_variable = 1\nfinal_answer_variable_ = 2\nfinal_answer(3)",
    ],
    [
      "final_answer = 1\nf(final_answer=final_answer, b={final_answer: 1})\nfinal_answer(2)",
      "final_answer_variable = 1\nf(final_answer=final_answer_variable, b={final_answer_variable: 1})\nfinal_answer(2)",
    ],
    [
      'final_answer = 1\nobj.final_answer = final_answer\nfinal_answer(\'final_answer\' + """\nfinal_answer""" + rb\'\\\'{final_answer}\')',
      'final_answer_variable = 1\nobj.final_answer = final_answer_variable\nfinal_answer(\'final_answer\' + """\nfinal_answer""" + rb\'\\\'{final_answer}\')',
    ],
    [
      "final_answer = f'\\N{DASH}{final_answer}'\nfinal_answer(1)",
      "final_answer_variable = f'\\N{DASH}{final_answer_variable}'\nfinal_answer(1)",
    ],
  ])("has the variable renamed, and nothing else: %j (case 68)", (code, mended) => {
    expect(python.mend(code)).toBe(mended);
  });

  it.each([
    ["defines a function of that name", "def final_answer(x): return x\nfinal_answer = final_answer(1)"],
    [
      "names a parameter that is passed by name",
      "final_answer = 1\ndef f(final_answer): pass\nf(final_answer=2)\nfinal_answer(1)",
    ],
    ["has a class with such a variable", "class A:\n  final_answer = 1\nfinal_answer(A.final_answer)"],
    ["does not end its string", "final_answer = 1\nfinal_answer('final_answer"],
    ["does not end its f-string", "final_answer = 1\nfinal_answer(f'{final_answer:')"],
    ["closes what is not open", "final_answer = 1\nfinal_answer(1))"],
  ])("stays as it is where it %s", (_title, code) => {
    expect(python.mend(code)).toBe(code);
  });
});

describe("JavaScript code that assigns to finalAnswer and calls it", () => {
  it.each<[code: string, answer: unknown]>([
    ["const finalAnswer = 42; finalAnswer(finalAnswer)", 42],
    ["let a = 1, finalAnswer = 2; finalAnswer(a + finalAnswer)", 3],
    ["let finalAnswer; if (true) finalAnswer = 5; finalAnswer(finalAnswer)", 5],
    ["const { finalAnswer } = { finalAnswer: 1 }; finalAnswer(finalAnswer)", 1],
    ["const { finalAnswer = 3, ...rest } = {}; finalAnswer({ finalAnswer, rest })", { finalAnswer: 3, rest: {} }],
    ["const { a: { b: finalAnswer } } = { a: { b: 1 } }; finalAnswer(finalAnswer)", 1],
    ["let a; [a, finalAnswer] = [1, 2]; finalAnswer(finalAnswer + a)", 3],
    ["for (const finalAnswer of [1, 2]) finalAnswer(finalAnswer)", 2],
    ["let finalAnswer = 1; const show = ({ finalAnswer }) => finalAnswer + 1; finalAnswer(show({ finalAnswer }))", 2],
    [
      "let finalAnswer = { finalAnswer: 1, b: { finalAnswer() { return 2 } } }; finalAnswer(finalAnswer.finalAnswer + finalAnswer.b.finalAnswer())",
      3,
    ],
    [
      "const finalAnswer = 1; finalAnswer(`${finalAnswer} ${`${[finalAnswer].map((n) => { return n })}`} finalAnswer $ {`)",
      "1 1 finalAnswer $ {",
    ],
    [
      "const finalAnswer = 'it`s'.replace(/[/'`\"]/g, '') /* ' */; // it's\nfinalAnswer(finalAnswer + \"finalAnswer\")",
      "itsfinalAnswer",
    ],
    ["let i = 4; const finalAnswer = i++ / 2; finalAnswer(finalAnswer / 2)", 1],
    ["const finalAnswer = true ? 1 : 2; finalAnswer(true ? finalAnswer : 0)", 1],
    ["switch (1) { case 1: { finalAnswer = 3; finalAnswer(finalAnswer); } }", 3],
    ["const finalAnswer = 4\nfinalAnswer\n(finalAnswer)", 4],
    ["const finalAnswerVariable = 1; const finalAnswer = 2; finalAnswer(finalAnswerVariable + finalAnswer)", 3],
    [
      "const final = { finalAnswer: 1 }; finalAnswer = final.finalAnswer; finalAnswer({ ...final, [finalAnswer]: 2 })",
      { finalAnswer: 1, 1: 2 },
    ],
  ])("gives its answer after it was mended: %j (case 68)", (code, answer) => {
    let given: unknown;
    runInNewContext(javascript.mend(code), { finalAnswer: (value: unknown) => (given = value) });
    expect(given).toEqual(answer);
  });

  it.each([
    ["finalAnswer", "const finalAnswer: { finalAnswer: number } = { finalAnswer: 1 };\nfinalAnswer(finalAnswer)"],
    ["final", "interface Final { finalAnswer: number }\nlet finalAnswer: Final; finalAnswer(1)"],
  ])("keeps the keys of types: %s", (_title, code) => {
    expect(javascript.mend(code)).toBe(
      code
        .replace(/(const|let) finalAnswer/, "$1 finalAnswerVariable")
        .replace("(finalAnswer)", "(finalAnswerVariable)"),
    );
  });

  it.each([
    ["defines a function of that name", "function finalAnswer(x) {}\nfinalAnswer = 1; finalAnswer(2)"],
    ["has a class with such a field", "class A { finalAnswer = 1 }\nfinalAnswer(new A().finalAnswer)"],
    ["does not end its comment", "finalAnswer = 1; finalAnswer(1) /* finalAnswer"],
    ["does not end its template", "finalAnswer = 1; finalAnswer(`${finalAnswer"],
    ["has a bracket that opens nowhere", "finalAnswer = 1; finalAnswer(1)]"],
    ["has a regular expression without an end", "finalAnswer = 1; finalAnswer(/[finalAnswer)"],
  ])("stays as it is where it %s", (_title, code) => {
    expect(javascript.mend(code)).toBe(code);
  });
});

describe("code that does not do both", () => {
  it.each([
    [python, "final_answer = 42\nprint(final_answer)"],
    [python, "final_answer(42)"],
    [python, "f(final_answer=1)\nfinal_answer(2)"],
    [python, "x == final_answer\nobj.final_answer = 1\nfinal_answer(f'{final_answer=}')"],
    [python, "my_final_answer = 1\nfinal_answer(my_final_answer)"],
    [python, "# final_answer = 1\n'''\nfinal_answer = 1'''\nfinal_answer(2)"],
    [python, "d[final_answer] = 1\nfinal_answer(d)"],
    [javascript, "const finalAnswer = 42; console.log(finalAnswer)"],
    [javascript, "finalAnswer(42)"],
    [javascript, "const answer = { finalAnswer: 1 }; answer.finalAnswer = 2; finalAnswer(answer.finalAnswer)"],
    [javascript, "finalAnswer(a === finalAnswer || a[finalAnswer] >= finalAnswer)"],
    [javascript, "run((finalAnswer) => finalAnswer + 1); finalAnswer(2)"],
    [javascript, "// finalAnswer = 1\nfinalAnswer('finalAnswer = 1' + `finalAnswer = 1`)"],
  ])("stays as it is: $title %j (case 68)", (language, code) => {
    expect(language.mend(code)).toBe(code);
  });

  const pieces = ["'", '"', '"""', "`", "${", "f'", "{", "}", "(", ")", "[", "]", "/", "\\", "\n", "#", "//", "/*", "*/", "x", ",", ":", ";", ".", " ", "for ", "let ", "def f", "class ", "=>", "==", "\\N{", "😀"]; // prettier-ignore
  const names = ["final_answer", "finalAnswer"];
  const uses = names.flatMap((name) => [name, `${name} = `, `${name}(`, `.${name}`, `{ ${name} }`]);
  const codeOf = (parts: readonly string[]) =>
    fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((list) => list.join(""));

  it("stays as it is, whatever it is", () => {
    const withoutCalls = [...pieces.filter((piece) => piece !== "("), ...uses.filter((use) => !use.endsWith("("))];
    fc.assert(
      fc.property(codeOf(withoutCalls), (code) => {
        expect([python.mend(code), javascript.mend(code)]).toEqual([code, code]);
      }),
      { numRuns: 1000 },
    );
  });

  it("is what mending leaves behind", () => {
    fc.assert(
      fc.property(codeOf([...pieces, ...uses]), (code) => {
        for (const { mend } of [python, javascript]) expect(mend(mend(code))).toBe(mend(code));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("long code", () => {
  // What takes more than one look at each piece takes minutes here, and the runner's time limit fails it.
  it.each([
    "'",
    '"""',
    "`",
    "`${",
    "f'{",
    "f'{a:",
    "/*",
    "/",
    "(/[",
    "{",
    "[",
    "[final_answer,",
    "-",
    "final_answer,",
    "finalAnswer = ",
    "_",
    "\\",
    "#",
    "\\N{",
    "for ",
  ])(
    // prettier-ignore
    "is read once: %j",
    (piece) => {
      const before = "final_answer = 1\nfinal_answer(1)\nfinalAnswer = 1;\nfinalAnswer(1);\n";
      const code = before + piece.repeat(200_000 / piece.length);
      for (const { mend } of [python, javascript]) expect(mend(code).length).toBeGreaterThanOrEqual(code.length);
    },
  );
});

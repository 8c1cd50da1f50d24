import { expect, test } from "vitest";
import { source } from "./sandbox-program.ts";

test("source text loses the indentation that all lines have, and the line breaks at its ends", () => {
  const text = source`
    def f():
        pass

    f()
  `;
  expect(text).toBe("def f():\n    pass\n\nf()");
});

test("source text keeps backslashes for the program", () => {
  expect(source`print('a\nb')`).toBe(String.raw`print('a\nb')`);
});

test("source text takes values in", () => {
  expect(source`sleep(${1 + 1})`).toBe("sleep(2)");
});

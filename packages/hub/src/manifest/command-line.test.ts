import fc from "fast-check";
import { expect, it } from "vitest";
import { commandLine, isCommandLine } from "./command-line.ts";

const words = fc.array(fc.string({ unit: fc.constantFrom("a", " ", "'", "\\", '"', "$", ";", "-", "ü") }), {
  minLength: 1,
});

it("a command line is one text, and another one is another text", () => {
  fc.assert(
    fc.property(words, words, ([command = "", ...args], [other = "", ...others]) => {
      const line = commandLine(command, args);
      expect(isCommandLine(line)).toBe(true);
      const isSame = JSON.stringify([command, args]) === JSON.stringify([other, others]);
      expect(line === commandLine(other, others)).toBe(isSame);
    }),
  );
});

it.each(["", "rm  -rf", "rm -rf ", "a 'b", "a b'c", "a;b", "$(a)", "a\nb", "'a\u202eb'"])("%j is none", (text) => {
  expect(isCommandLine(text)).toBe(false);
});

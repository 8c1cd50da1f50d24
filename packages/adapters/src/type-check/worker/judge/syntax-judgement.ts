import type { Judgement } from "./judgement.ts";
import { isJavaScript } from "./is-javascript.ts";
import type { StepFile } from "../step/step-file.ts";
import type { Diagnostic } from "../typescript.ts";

/** Errors of the parser that are none in sloppy code: octal escapes and numbers. */
const onlyInStrictCode: ReadonlySet<number> = new Set([1121, 1487, 1488, 1489]);

/** Errors of the grammar that TypeScript finds after parsing, and that every engine refuses at once. */
const grammar: ReadonlySet<number> = new Set([
  1308, // `await` in a function that is not asynchronous
  1103, // `for await` in one
  1104, // `continue` outside of a loop
  1105, // `break` outside of one
  1107, // a jump across the border of a function
  1116, // `break` to a label that is not there
  1155, // `const` without a value
  2451, // a variable declared twice
]);

/** Tells whether a diagnostic that comes after parsing is about syntax. */
export function isGrammar({ code }: Diagnostic): boolean {
  return grammar.has(code);
}

/**
 * The first error of syntax, if there is one for sure.
 *
 * What parses as JavaScript has none, whatever TypeScript says. Imports and exports are left to the sandbox, which knows
 * what to write instead.
 */
export function syntaxJudgement(
  code: string,
  file: StepFile,
  syntactic: readonly Diagnostic[],
  semantic: readonly Diagnostic[],
): Judgement | undefined {
  const errors = syntactic.filter((diagnostic) => !onlyInStrictCode.has(diagnostic.code));
  const [first] = errors.length > 0 ? errors : semantic.filter(isGrammar);
  if (!first || first.pos < file.bodyStart || /^\s*(?:import|export)\b/m.test(code) || isJavaScript(code))
    return undefined;
  return { code: first.code, message: first.text, place: first.pos };
}

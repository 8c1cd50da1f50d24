import type { CodeLanguage } from "../../sandbox/sandbox.ts";
import { codeTokens } from "./code-tokens.ts";
import { javascriptNameUses } from "./javascript-name-uses.ts";
import type { NameUse } from "./name-use.ts";
import { pythonNameUses } from "./python-name-uses.ts";

/** Uses of the name that are not uses of the variable. */
const untouched: ReadonlySet<NameUse["kind"]> = new Set(["called", "argument", "attribute"]);

/**
 * Renames a variable that has the name of the function which gives the final answer.
 *
 * Models like to write `finalAnswer = 42; finalAnswer(finalAnswer)`: the variable would hide the function. When code
 * both assigns to the name and calls it, every use but the calls gets another name, in templates and f-strings too.
 * Attributes, keys, named arguments, other strings and comments stay as they are.
 *
 * @param name - Of the function and of the variable.
 * @param otherName - For the variable. It gets underscores behind it while the code has that name already.
 * @returns The code; as it was where it does not do both, or where it is not certain what it means.
 */
export function renameFinalAnswerVariable(
  code: string,
  language: CodeLanguage,
  name: string,
  otherName: string,
): string {
  if (code.indexOf(name) === code.lastIndexOf(name)) return code;
  const tokens = codeTokens(code, language);
  if (!tokens) return code;
  const uses = language === "python" ? pythonNameUses(tokens, name) : javascriptNameUses(tokens, name);
  const words = new Set(tokens.map(({ text }) => text));
  if (!isCertain(uses, words)) return code;
  let other = otherName;
  while (words.has(other)) other += "_";
  const parts: string[] = [];
  let from = 0;
  for (const { at, kind, isShorthand } of uses) {
    if (untouched.has(kind)) continue;
    parts.push(code.slice(from, at), isShorthand ? `${name}: ${other}` : other);
    from = at + name.length;
  }
  return [...parts, code.slice(from)].join("");
}

function isCertain(uses: readonly NameUse[], words: ReadonlySet<string>): boolean {
  const kinds = new Set(uses.map(({ kind }) => kind));
  if (!kinds.has("bound") || !kinds.has("called") || kinds.has("defined")) return false;
  if (kinds.has("parameter") && kinds.has("argument")) return false;
  // Variables of a class are attributes elsewhere.
  return !(words.has("class") && (kinds.has("attribute") || kinds.has("argument")));
}

import { errorMessage } from "../../errors/error-message.ts";
import { type ExaminationBudget, isExplosive } from "./is-explosive.ts";

/** Longer patterns are refused. */
const maxPatternLength = 2000;

/**
 * Compiles a pattern of a schema, with the flag `u` that JSON Schema asks for.
 *
 * Needless escapes such as `\-`, which the flag forbids and schemas in the wild have, are taken for the character.
 *
 * @param budget - What examining may cost; when it is used up, patterns are refused.
 * @throws Error when it is no regular expression, or one that takes exponential time; the message says what to change.
 */
export function compilePattern(source: string, budget?: ExaminationBudget): RegExp {
  if (source.length > maxPatternLength) throw new Error(`has more than ${maxPatternLength} characters`);
  const compiled = withoutNeedlessEscapes(source);
  if (isExplosive(compiled.source, budget)) {
    throw new Error("takes exponential time on some texts, or too long to examine: let nothing in a loop overlap");
  }
  return compiled;
}

function withoutNeedlessEscapes(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch (error) {
    try {
      return new RegExp(unescape(source), "u");
    } catch {
      // What follows tells the two kinds of failure apart.
    }
    if (!isValidWithoutFlag(source))
      throw new Error(`is not a regular expression: ${errorMessage(error)}`, { cause: error });
    throw new Error(
      "is a regular expression only without the flag u, which JSON Schema asks for: escape { } ] that stand for " +
        "themselves, and no letters that are no class",
      { cause: error },
    );
  }
}

/** Drops the backslash in front of a character that means itself anyhow. */
function unescape(source: string): string {
  let text = "";
  let isInClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? "";
    if (char === "\\") {
      const next = source[++at] ?? "";
      const isNeedless = /[ !"#%&',:;<=>@_`~-]/.test(next) && !(isInClass && next === "-");
      text += isNeedless ? next : `\\${next}`;
      continue;
    }
    if (char === "[") isInClass = true;
    else if (char === "]") isInClass = false;
    text += char;
  }
  return text;
}

function isValidWithoutFlag(source: string): boolean {
  try {
    return new RegExp(source).test("") || true;
  } catch {
    return false;
  }
}

import type { CodeToken } from "./code-tokens.ts";
import { type NameUse, patternBrackets } from "./name-use.ts";

/** Where a name stands in code of Python. */
export function pythonNameUses(tokens: readonly CodeToken[], name: string): NameUse[] {
  const patterns = patternBrackets(tokens);
  const targets = assignmentTargets(tokens);
  let isLoopTarget = false;
  const uses: NameUse[] = [];
  for (const [index, { text, at, around }] of tokens.entries()) {
    if (text === "for") isLoopTarget = true;
    if (text === "in") isLoopTarget = false;
    if (text !== name) continue;
    const isTarget = isLoopTarget || targets.has(index) || patterns.has(around);
    uses.push({ at, kind: useKind(tokens, index, isTarget) });
  }
  return uses;
}

function useKind(tokens: readonly CodeToken[], index: number, isTarget: boolean): NameUse["kind"] {
  const before = tokens[index - 1]?.text ?? "\n";
  const after = tokens[index + 1]?.text;
  const around = tokens[index]?.around ?? -1;
  const isInParentheses = tokens[around]?.text === "(";
  if (before === ".") return "attribute";
  if (["def", "class", "import"].includes(before)) return "defined";
  if (after === "(") return "called";
  if (before === "lambda" || (isInParentheses && tokens[around - 2]?.text === "def")) return "parameter";
  if (isInParentheses && after === "=") return "argument";
  const isAnnotated = after === ":" && ["\n", ";"].includes(before);
  return isTarget || isAnnotated || after === ":=" || before === "as" ? "bound" : "read";
}

/** Indexes of the words that stand in front of a `=` in their line, outside of brackets. */
function assignmentTargets(tokens: readonly CodeToken[]): Set<number> {
  const targets = new Set<number>();
  let isTarget = false;
  for (const [index, { text, around }] of [...tokens.entries()].toReversed()) {
    if (around !== -1) continue;
    if (text === "=") isTarget = true;
    else if (isTarget && /^[\p{ID_Start}_]/u.test(text)) targets.add(index);
    else if (text !== "," && text !== "*" && text !== ".") isTarget = false;
  }
  return targets;
}

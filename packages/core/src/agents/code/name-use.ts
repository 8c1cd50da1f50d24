import type { CodeToken } from "./code-tokens.ts";

/** One place in code where a name stands. */
export interface NameUse {
  readonly at: number;
  /**
   * - `bound`: the variable is given a value
   * - `called`: what it names is called
   * - `read`: any other use of the variable
   * - `parameter`: the variable is a parameter of a function of Python, to which named arguments refer
   * - `argument`: the name of a named argument of Python
   * - `attribute`: the name of an attribute or a key
   * - `defined`: the code defines a function or class of the name, or imports it
   */
  readonly kind: "bound" | "called" | "read" | "parameter" | "argument" | "attribute" | "defined";
  /** It is the name of a key too, as in `{ name }` of JavaScript. */
  readonly isShorthand?: boolean;
}

/** Words of JavaScript that declare variables. */
export const declaringWords: ReadonlySet<string> = new Set(["const", "let", "var"]);

/** Words behind which a bracket is not a call, a subscript or a block. */
const beforeValues: ReadonlySet<string> = new Set(["in", "of", "return", "yield", "await", "case", "else", "for"]);

/**
 * The opening brackets of what stands left of a `=`, or behind `const`: what is in them is given values.
 *
 * @returns Their indexes.
 */
export function patternBrackets(tokens: readonly CodeToken[]): Set<number> {
  const patterns = new Set<number>();
  for (const [index, { text, around, closedAt }] of tokens.entries()) {
    if (closedAt === undefined || text === "${") continue;
    const before = tokens[index - 1]?.text ?? "";
    const isTarget = declaringWords.has(before) || tokens[closedAt + 1]?.text === "=";
    if (!isBehindValue(before) && (isTarget || patterns.has(around))) patterns.add(index);
  }
  return patterns;
}

function isBehindValue(before: string): boolean {
  return /[\p{ID_Continue}$)\]"]$/u.test(before) && !declaringWords.has(before) && !beforeValues.has(before);
}

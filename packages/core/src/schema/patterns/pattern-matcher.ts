import { compilePattern } from "./compile-pattern.ts";
import type { ExaminationBudget } from "./is-explosive.ts";
import { matchCost } from "./match-cost.ts";

/** Most ways that are tried on one text: some tenths of a second. */
const maxWays = 1e8;

/** How many ways take the time of one step of other work. */
const waysPerStep = 250;

/** A pattern that texts of any size can be held against: those that would take too long are not. */
export class PatternMatcher {
  /** The longest text that is held against it, in characters. */
  readonly longest: number;
  readonly #pattern: RegExp;
  readonly #degree: number;
  /** Ways on a text of one character. */
  readonly #factor: number;

  /** @throws Error as `compilePattern` does. */
  constructor(source: string, budget?: ExaminationBudget) {
    this.#pattern = compilePattern(source, budget);
    const { degree, factor } = matchCost(this.#pattern.source);
    this.#degree = degree;
    this.#factor = factor / factorial(degree);
    this.longest = Math.floor((maxWays / this.#factor) ** (1 / degree));
  }

  /**
   * Tells whether a text matches; `undefined` when it is too long to find out.
   *
   * @param spend - Is told the work before it is done.
   */
  matches(text: string, spend: (steps: number) => void): boolean | undefined {
    if (text.length > this.longest) return undefined;
    spend(Math.floor((this.#factor * text.length ** this.#degree) / waysPerStep));
    return this.#pattern.test(text);
  }
}

/** What is said of a text that is too long to be held against a pattern. */
export function tooLong({ longest }: PatternMatcher, pattern: string): string {
  return `a text of at most ${longest} characters, because matching ${pattern} takes too long on longer ones`;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

import { anyChar, type CharSet, classEscape, complement, setOf } from "./char-set.ts";

/** The structure of a regular expression, without its assertions. */
export type PatternNode =
  | { kind: "char"; set: CharSet }
  | { kind: "sequence"; parts: PatternNode[] }
  | { kind: "choice"; options: PatternNode[] }
  | { kind: "repeat"; body: PatternNode; least: number; most: number };

/** Repetitions up to this many times count as so many copies, more as endless ones. */
export const mostCopies = 9;

const controlChars: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", v: "\v", f: "\f", "0": "\0" };

/** A regular expression taken apart. */
export interface ParsedPattern {
  /** The pattern, and what each of its assertions looks at: each is matched on its own. */
  parts: PatternNode[];
  /** It refers to its groups or changes its flags midway: the structure does not say all. */
  isOpaque: boolean;
}

/** Parses a regular expression that is known to be valid. */
export function parsePattern(source: string): ParsedPattern {
  const parser = new PatternParser(source);
  const whole = parser.choice();
  return { parts: [whole, ...parser.assertions], isOpaque: parser.isOpaque };
}

const nothing: PatternNode = { kind: "sequence", parts: [] };

class PatternParser {
  isOpaque = false;
  readonly assertions: PatternNode[] = [];
  readonly #chars: string[];
  #at = 0;

  constructor(source: string) {
    this.#chars = [...source];
  }

  choice(): PatternNode {
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    const [only = nothing] = options;
    return options.length === 1 ? only : { kind: "choice", options };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.#at < this.#chars.length && !this.#sees("|") && !this.#sees(")")) parts.push(this.#quantified());
    return { kind: "sequence", parts };
  }

  #quantified(): PatternNode {
    const body = this.#atom();
    const [least, most] = this.#quantifier() ?? [1, 1];
    return least === 1 && most === 1 ? body : { kind: "repeat", body, least, most };
  }

  #quantifier(): [number, number] | undefined {
    let range: [number, number] | undefined;
    const braces = /^\{(\d+)(,?)(\d*)\}/.exec(this.#chars.slice(this.#at, this.#at + 24).join(""));
    if (this.#take("*")) range = [0, Infinity];
    else if (this.#take("+")) range = [1, Infinity];
    else if (this.#take("?")) range = [0, 1];
    else if (braces) {
      this.#at += braces[0].length;
      const least = Number(braces[1]);
      range = [least, braces[3] ? Number(braces[3]) : braces[2] ? Infinity : least];
    }
    if (range) this.#take("?");
    return range;
  }

  #atom(): PatternNode {
    const char = this.#next();
    if (char === "(") return this.#group();
    if (char === "[") return { kind: "char", set: this.#class() };
    if (char === ".")
      return {
        kind: "char",
        set: complement([
          [10, 10],
          [13, 13],
        ]),
      };
    if (char === "^" || char === "$") return nothing;
    if (char !== "\\") return { kind: "char", set: single(char) };
    if (/[bB]/.test(this.#peek())) {
      this.#at++;
      return nothing;
    }
    if (/[1-9k]/.test(this.#peek())) this.isOpaque = true;
    return { kind: "char", set: this.#escape() };
  }

  #group(): PatternNode {
    const head = /^\?(?:<(?![=!])[^>]*>|<?[=!]|:|[a-z-]*:)/.exec(this.#chars.slice(this.#at).join(""))?.[0] ?? "";
    this.#at += [...head].length;
    if (/^\?[a-z-]+:$/.test(head)) this.isOpaque = true;
    const inner = this.choice();
    this.#take(")");
    if (!/[=!]$/.test(head)) return inner;
    // What an assertion looks at is not consumed.
    this.assertions.push(inner);
    return nothing;
  }

  #class(): CharSet {
    const isNegated = this.#take("^");
    const ranges: (readonly [number, number])[] = [];
    let hasProperty = false;
    while (this.#at < this.#chars.length && !this.#take("]")) {
      hasProperty ||= /^[pP]$/.test(this.#chars[this.#at + 1] ?? "") && this.#sees("\\");
      const from = this.#classAtom();
      if (this.#sees("-") && this.#chars[this.#at + 1] !== "]") {
        this.#at++;
        const to = this.#classAtom();
        ranges.push([from[0]?.[0] ?? 0, to.at(-1)?.[1] ?? 0]);
      } else ranges.push(...from);
    }
    // Which characters have a property is not known here: any may be in the class, negated or not.
    if (hasProperty) return anyChar;
    const set = setOf(ranges);
    return isNegated ? complement(set) : set;
  }

  #classAtom(): CharSet {
    const char = this.#next();
    return char === "\\" ? this.#escape() : single(char);
  }

  /** What stands behind a backslash. */
  #escape(): CharSet {
    const letter = this.#next();
    const known = classEscape(letter);
    if (known) return known;
    const rest = this.#chars.slice(this.#at).join("");
    if (letter === "p" || letter === "P") {
      this.#at += /^\{[^}]*\}/.exec(rest)?.[0].length ?? 0;
      return anyChar;
    }
    const code =
      letter === "x"
        ? /^[0-9A-Fa-f]{2}/.exec(rest)
        : letter === "u"
          ? /^(?:\{[0-9A-Fa-f]+\}|[0-9A-Fa-f]{4})/.exec(rest)
          : null;
    if (!code) return single(controlChars[letter] ?? letter);
    this.#at += code[0].length;
    const point = Number.parseInt(code[0].replace(/[{}]/g, ""), 16);
    return [[point, point]];
  }

  #peek(): string {
    return this.#chars[this.#at] ?? "";
  }

  #next(): string {
    return this.#chars[this.#at++] ?? "";
  }

  #sees(char: string): boolean {
    return this.#chars[this.#at] === char;
  }

  #take(char: string): boolean {
    const isThere = this.#sees(char);
    if (isThere) this.#at++;
    return isThere;
  }
}

function single(char: string): CharSet {
  const point = char.codePointAt(0) ?? 0;
  return [[point, point]];
}

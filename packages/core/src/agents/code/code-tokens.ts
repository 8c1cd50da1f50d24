import type { CodeLanguage } from "../../sandbox/sandbox.ts";

/** A piece of code: a word, a number, an operator, a bracket, the begin of a string, or the end of a line of Python. */
export interface CodeToken {
  /** As it stands in the code; `"` for each kind of string, `${` for the begin of each expression in one. */
  readonly text: string;
  readonly at: number;
  /** Index of the innermost bracket around it; -1 outside of all. */
  readonly around: number;
  /** For an opening bracket: index of the one that closes it. */
  closedAt?: number;
}

/** A string in which the reader is, or to which it comes back. */
interface StringPart {
  readonly quote: string;
  /** It may hold expressions. */
  readonly isTemplate: boolean;
  /** The reader is behind the colon of an expression in an f-string. */
  readonly isFormat: boolean;
}

interface OpenBracket {
  readonly index: number;
  readonly close: string;
  /** The string that goes on behind the bracket. */
  readonly string?: StringPart;
}

const word = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
const number = /\d[\w.]*/y;
const operator = /\.\.\.|\+\+|--|=>|:=|[-+*/%&|^<>!=@?]{0,3}=|[^]/y;
const space = /[^\S\n]+|\\\r?\n/y;
const plainText = /[^\\"'`{}$\n]+/y;
const pythonQuote = /"""|'''|"|'/y;
const characterName = /\{[\w -]{0,100}\}/y;
const plainPattern = /[^\\[\]/\n]+/y;

/** Words behind which a slash begins a regular expression. */
const beforeValues: ReadonlySet<string> = new Set(
  "return typeof case in of delete void throw new else do await yield instanceof".split(" "),
);

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * Cuts code into tokens, without comments and without what stands in strings, but with the expressions in f-strings
 * and templates.
 *
 * Takes time in proportion to the length of the code, whatever it holds.
 *
 * @returns `undefined` for code that cannot be right: a string or bracket does not end.
 */
export function codeTokens(code: string, language: CodeLanguage): CodeToken[] | undefined {
  return new Lexer(code, language === "python").read();
}

class Lexer {
  readonly #code: string;
  readonly #isPython: boolean;
  readonly #tokens: CodeToken[] = [];
  readonly #open: OpenBracket[] = [];
  #at = 0;

  constructor(code: string, isPython: boolean) {
    this.#code = code;
    this.#isPython = isPython;
  }

  read(): CodeToken[] | undefined {
    while (this.#at < this.#code.length) if (!this.#next()) return undefined;
    return this.#open.length === 0 ? this.#tokens : undefined;
  }

  /** Reads a token or what stands between tokens. */
  #next(): boolean {
    if (this.#take(space) !== undefined) return true;
    const char = this.#code[this.#at] ?? "";
    if (char === "\n") {
      if (this.#isPython && this.#open.length === 0) this.#push("\n");
      this.#at++;
      return true;
    }
    if (this.#isComment(char)) return this.#skipComment();
    const quote = this.#isPython ? this.#peek(pythonQuote) : "\"'`".includes(char) ? char : undefined;
    if (quote !== undefined) return this.#beginString({ quote, isTemplate: quote === "`", isFormat: false });
    return this.#word() || this.#bracket(char) || this.#operator(char);
  }

  #isComment(char: string): boolean {
    if (this.#isPython) return char === "#";
    const second = this.#code[this.#at + 1];
    return char === "/" && (second === "/" || second === "*");
  }

  #skipComment(): boolean {
    const isBlock = !this.#isPython && this.#code[this.#at + 1] === "*";
    const end = this.#code.indexOf(isBlock ? "*/" : "\n", this.#at + (isBlock ? 2 : 1));
    if (isBlock && end === -1) return false;
    this.#at = end === -1 ? this.#code.length : end + (isBlock ? 2 : 0);
    return true;
  }

  #word(): boolean {
    const at = this.#at;
    const text = this.#take(word) ?? this.#take(number);
    if (text === undefined) return false;
    const quote = this.#isPython && /^[rbuft]{1,2}$/i.test(text) ? this.#peek(pythonQuote) : undefined;
    if (quote === undefined) this.#push(text, at);
    else return this.#beginString({ quote, isTemplate: /[ft]/i.test(text), isFormat: false });
    return true;
  }

  #bracket(char: string): boolean {
    const close = closing[char];
    if (close !== undefined) {
      this.#openBracket(char, close);
      this.#at++;
      return true;
    }
    const last = this.#open.at(-1);
    if (last?.close !== char) return false;
    this.#closeBracket(last, char);
    return last.string === undefined || this.#string(last.string);
  }

  #operator(char: string): boolean {
    // No bracket that closes what is not open.
    if (")]}".includes(char)) return false;
    const string = this.#open.at(-1)?.string;
    if (this.#isPython && char === ":" && string) {
      this.#at++;
      return this.#string({ ...string, isFormat: true });
    }
    if (char === "/" && !this.#isPython && this.#expectsValue()) {
      this.#push('"');
      return this.#skipRegularExpression();
    }
    const at = this.#at;
    const text = this.#take(operator) ?? char;
    this.#push(text, at);
    return true;
  }

  #expectsValue(): boolean {
    const last = this.#tokens.at(-1)?.text;
    return last === undefined || beforeValues.has(last) || !/(?:[\p{ID_Continue}$)\]}"]|\+\+|--)$/u.test(last);
  }

  #skipRegularExpression(): boolean {
    let isInClass = false;
    for (;;) {
      this.#at++;
      this.#take(plainPattern);
      const char = this.#code[this.#at];
      if (char === undefined || char === "\n") return false;
      if (char === "\\") this.#at++;
      else if (char === "[") isInClass = true;
      else if (char === "]") isInClass = false;
      else if (!isInClass) break;
    }
    this.#at++;
    return true;
  }

  #beginString(string: StringPart): boolean {
    this.#push('"');
    this.#at += string.quote.length;
    return this.#string(string);
  }

  /** Reads on in a string to its end or to the next expression in it. */
  #string(begun: StringPart): boolean {
    let string = begun;
    for (;;) {
      this.#take(plainText);
      const char = this.#code[this.#at];
      const second = this.#code[this.#at + 1];
      if (char === undefined) return false;
      if (this.#code.startsWith(string.quote, this.#at)) {
        this.#at += string.quote.length;
        return !string.isFormat;
      }
      if (char === "\n" && string.quote.length === 1 && string.quote !== "`") return false;
      if (this.#isExpression(string, char, second)) {
        this.#openBracket("${", "}", string);
        this.#at += this.#isPython ? 1 : 2;
        return true;
      }
      if (string.isFormat && char === "}") {
        // The format ends, and with it the expression.
        const field = this.#open.at(-1);
        if (!field?.string) return false;
        this.#closeBracket(field, char);
        string = field.string;
      } else this.#at += char === "\\" ? this.#escapeLength(string) : char === "{" && second === "{" ? 2 : 1;
    }
  }

  #isExpression({ isTemplate }: StringPart, char: string, second: string | undefined): boolean {
    if (!isTemplate) return false;
    return this.#isPython ? char === "{" && second !== "{" : char === "$" && second === "{";
  }

  /** A backslash and what belongs to it; `\N{DASH}` holds no expression. */
  #escapeLength({ isTemplate }: StringPart): number {
    if (this.#code.startsWith("\r\n", this.#at + 1)) return 3;
    if (!isTemplate || !this.#isPython || !this.#code.startsWith("N{", this.#at + 1)) return 2;
    characterName.lastIndex = this.#at + 2;
    return 2 + (characterName.exec(this.#code)?.[0].length ?? 0);
  }

  #openBracket(text: string, close: string, string?: StringPart): void {
    const index = this.#tokens.length;
    this.#push(text);
    this.#open.push({ index, close, ...(string && { string }) });
  }

  #closeBracket({ index }: OpenBracket, close: string): void {
    this.#open.pop();
    const opening = this.#tokens[index];
    if (opening) opening.closedAt = this.#tokens.length;
    this.#push(close);
    this.#at++;
  }

  #push(text: string, at: number = this.#at): void {
    this.#tokens.push({ text, at, around: this.#open.at(-1)?.index ?? -1 });
  }

  #take(pattern: RegExp): string | undefined {
    const text = this.#peek(pattern);
    this.#at += text?.length ?? 0;
    return text;
  }

  #peek(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#code)?.[0];
  }
}

/** Deeper quotations and lists are not indented further: each line would carry all of their marks. */
const maxIndents = 8;

/** The most room that the marks of quotations and lists may fill, in characters; lines behind that have none. */
const mostMarks = 4 * 1024 * 1024;

/** What stands at the beginning of each line of a quotation or of an item of a list. */
interface Indent {
  /** On the first line, until it was written. */
  first: string;
  /** On the others. */
  rest: string;
}

/** Collects lines of Markdown, below the marks of the quotations and lists that they are in. */
export class LineWriter {
  readonly #lines: string[] = [];
  readonly #indents: Indent[] = [];
  #hiddenIndents = 0;
  #markRoom = mostMarks;
  #wantsBlank = false;
  /** Nothing was written yet at this place. */
  #isAtStart = true;

  /** Begins a quotation or an item of a list. */
  indent(first: string, rest: string): void {
    this.#writeBlank();
    this.#isAtStart = true;
    if (this.#indents.length < maxIndents) this.#indents.push({ first, rest });
    else this.#hiddenIndents += 1;
  }

  /** Ends it. */
  outdent(): void {
    if (this.#hiddenIndents > 0) this.#hiddenIndents -= 1;
    else this.#indents.pop();
  }

  /** Asks for a blank line before the next line, unless that is the first one of a text, a quotation or an item. */
  blank(): void {
    this.#wantsBlank = !this.#isAtStart;
  }

  /** Writes a line. */
  line(text: string): void {
    this.#writeBlank();
    this.#isAtStart = false;
    let prefix = "";
    for (const indent of this.#indents) {
      prefix += indent.first;
      indent.first = indent.rest;
    }
    this.#push(prefix, text);
  }

  /** All lines. */
  toString(): string {
    // A quotation that stayed empty leaves a blank line behind.
    return this.#lines.join("\n").trimEnd();
  }

  #writeBlank(): void {
    if (!this.#wantsBlank) return;
    this.#wantsBlank = false;
    this.#push(this.#indents.map(({ rest }) => rest).join(""), "");
  }

  #push(marks: string, text: string): void {
    this.#markRoom -= marks.length;
    this.#lines.push((this.#markRoom >= 0 ? marks + text : text).trimEnd());
  }
}

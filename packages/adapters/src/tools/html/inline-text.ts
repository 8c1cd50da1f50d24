/** A part of a line that something stands around: emphasis, code, a link. */
export interface InlineMark {
  /** How many pieces the line had when it began. */
  readonly pieces: number;
  /** How many of them were more than a space. */
  readonly words: number;
  /** The line that it is part of: others have begun since, when it is no longer this one. */
  readonly line: number;
}

/** The line that is being written: its spaces run together, and parts of it can be marked afterwards. */
export class InlineText {
  #pieces: string[] = [];
  #words = 0;
  #line = 0;
  #endsWithSpace = true;

  /** Adds text of a page. */
  add(text: string): void {
    const collapsed = text.replace(/\s+/g, " ");
    const piece = this.#endsWithSpace && collapsed.startsWith(" ") ? collapsed.slice(1) : collapsed;
    if (piece === "") return;
    this.#pieces.push(piece);
    this.#endsWithSpace = piece.endsWith(" ");
    if (piece !== " ") this.#words += 1;
  }

  /** Notes where a part begins. */
  mark(): InlineMark {
    return { pieces: this.#pieces.length, words: this.#words, line: this.#line };
  }

  /** Puts signs around all since a mark; nothing happens when that is empty, or when a new line has begun since. */
  wrap(mark: InlineMark, sign: string): void {
    if (mark.line !== this.#line || mark.words === this.#words) return;
    const first = this.#pieces[mark.pieces] ?? "";
    this.#pieces[mark.pieces] = first.startsWith(" ") ? ` ${sign}${first.slice(1)}` : sign + first;
    const last = this.#pieces.at(-1) ?? "";
    // Signs belong to the word, and the space behind them.
    if (last.endsWith(" ")) this.#pieces[this.#pieces.length - 1] = last.slice(0, -1);
    this.#pieces.push(last.endsWith(" ") ? `${sign} ` : sign);
  }

  /** Takes out all since a mark, in one line; it is empty when a new line has begun since. */
  takeSince(mark: InlineMark): string {
    if (mark.line !== this.#line) return "";
    const text = this.#pieces.splice(mark.pieces).join("");
    this.#words = mark.words;
    this.#endsWithSpace = this.#pieces.at(-1)?.endsWith(" ") ?? true;
    return text;
  }

  /** Takes out the whole line and begins a new one. */
  take(): string {
    const text = this.#pieces.join("").trim();
    this.#pieces = [];
    this.#words = 0;
    this.#line += 1;
    this.#endsWithSpace = true;
    return text;
  }
}

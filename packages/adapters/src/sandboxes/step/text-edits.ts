/** One change: the text from `start` up to `end` becomes another. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** Changes of a source text in place, from its beginning to its end, with the way back to the original positions. */
export class TextEdits {
  readonly #source: string;
  readonly #edits: TextEdit[];

  /** @param edits - Changes that were made elsewhere, as `list` gave them. */
  constructor(source: string, edits: readonly TextEdit[] = []) {
    this.#source = source;
    this.#edits = [...edits];
  }

  /** The changes as data. */
  get list(): readonly TextEdit[] {
    return this.#edits;
  }

  /** Replaces the text from `start` up to `end`. Edits must come in the order of the text. */
  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  apply(): string {
    let result = "";
    let from = 0;
    for (const { start, end, text } of this.#edits) {
      result += this.#source.slice(from, start) + text;
      from = end;
    }
    return result + this.#source.slice(from);
  }

  /** The offset in the source that an offset in the edited text stands for. */
  originalOffset(offset: number): number {
    let shift = 0;
    for (const { start, end, text } of this.#edits) {
      if (offset < start + shift) break;
      const inserted = offset - (start + shift);
      if (inserted < text.length) return start + Math.min(inserted, end - start);
      shift += text.length - (end - start);
    }
    return Math.min(offset - shift, this.#source.length);
  }
}

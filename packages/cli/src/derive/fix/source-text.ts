import type { Place } from "../engine/port.ts";
import { lineStarts } from "../problems/lines.ts";
import type { Edit } from "./edit.ts";

/** A source by lines and columns, as places name them: without a byte order mark. */
export class SourceText {
  readonly text: string;
  /** How its lines end. */
  readonly newline: string;
  readonly #mark: string;
  readonly #starts: readonly number[];

  constructor(source: string) {
    this.#mark = source.startsWith("\uFEFF") ? "\uFEFF" : "";
    this.text = source.slice(this.#mark.length);
    this.newline = /\r?\n/.exec(this.text)?.[0] ?? "\n";
    this.#starts = lineStarts(this.text);
  }

  /** Where a place begins; beyond the end where there is none. */
  offset({ line, column }: Place): number {
    return (this.#starts[line - 1] ?? this.text.length) + column - 1;
  }

  /** The text of a place. */
  at(place: Place): string {
    const start = this.offset(place);
    return this.text.slice(start, start + place.length);
  }

  /** The white space that the line of an offset begins with. */
  indent(offset: number): string {
    const start = this.#starts.findLast((each) => each <= offset) ?? 0;
    return /^[ \t]*/.exec(this.text.slice(start))?.[0] ?? "";
  }

  /** The whole source with some stretches replaced, which do not overlap. */
  with(edits: readonly Edit[]): string {
    let { text } = this;
    for (const { start, end, text: replacement } of edits.toSorted((a, b) => b.start - a.start)) {
      text = text.slice(0, start) + replacement + text.slice(end);
    }
    return this.#mark + text;
  }
}

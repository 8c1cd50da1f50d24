import { excerpt, type ExcerptLimits, start } from "./excerpt.ts";
import { literalLine, literalText } from "./literal-text.ts";
import { valueText } from "./value-text.ts";

/** How a report looks. */
export interface PageOptions {
  /** Takes the text, whole lines at a time, such as `(text) => process.stderr.write(text)`. */
  readonly write: (text: string) => void;
  /** Mark headings, errors and answers with ANSI colours. @default false */
  readonly color?: boolean;
  /** Length of rules, in characters. @default 80 */
  readonly width?: number;
}

/** How much of what a run holds is shown. */
export interface PageLimits extends ExcerptLimits {
  /** Longest value, such as the input of a call, in characters. */
  readonly maxValue: number;
}

/** For reading along. */
export const briefLimits: PageLimits = { maxCharacters: 4_000, maxLines: 60, maxValue: 300 };
/** For looking for a mistake. */
export const detailedLimits: PageLimits = { maxCharacters: 100_000, maxLines: 5_000, maxValue: 20_000 };

/** How lines are marked, as parameters of the ANSI sequence SGR. */
const styles = { plain: "", heading: "1;34", dim: "2", code: "36", error: "31", answer: "1;32" } as const;

export type Style = keyof typeof styles;

/**
 * Where a report is written. Everything that is handed in is shown literally and bounded: the only escape sequences in
 * the text are those of the page's own colours.
 */
export class LogPage {
  readonly limits: PageLimits;
  readonly #options: PageOptions;
  readonly #margin: string;

  constructor(options: PageOptions, limits: PageLimits, margin = "") {
    this.#options = options;
    this.limits = limits;
    this.#margin = margin;
  }

  /** A page within this one: each of its lines stands behind this label. */
  within(label: string): LogPage {
    return new LogPage(this.#options, this.limits, `${this.#margin}  ${this.#short(label)} │ `);
  }

  /** A heading that begins a part. */
  rule(title: string): void {
    const { width = 80 } = this.#options;
    const head = `── ${this.#short(title)} `;
    this.#write(head + "─".repeat(Math.max(width - this.#margin.length - head.length, 2)), "heading");
  }

  /** A sentence of the log, with whatever it quotes. Further lines are set in. */
  text(text: string, style: Style = "plain"): void {
    this.#write(this.#literal(text).replaceAll("\n", "\n  "), style);
  }

  /** A text under a title, set apart. */
  block(title: string, text: string, style: Style = "plain"): void {
    this.#write(this.#short(title), "dim");
    this.indented(text, style);
  }

  /** A text that is not the log's own: it is set in, so that it cannot pass for a line of the log. */
  indented(text: string, style: Style = "plain"): void {
    this.#write(this.#literal(text).replaceAll(/^/gm, "  "), style);
  }

  /** A value on one line. */
  valueText(value: unknown): string {
    return valueText(value, this.limits.maxValue);
  }

  /** A value as an answer is shown: a text as it is, everything else on one line. */
  answer(title: string, value: unknown): void {
    const text = typeof value === "string" ? value : valueText(value, this.limits.maxCharacters);
    this.block(title, text, "answer");
  }

  /** What belongs to the end of a part, on one line. */
  footer(parts: readonly string[]): void {
    this.#write(parts.map((part) => this.#short(part)).join(" | "), "dim");
  }

  #literal(text: string): string {
    return literalText(excerpt(text.trimEnd(), this.limits));
  }

  #short(text: string): string {
    return literalLine(start(text, this.limits.maxValue));
  }

  #write(text: string, style: Style): void {
    const mark = styles[this.#options.color ? style : "plain"];
    const lines = text.split("\n").map((line) => {
      const marked = mark === "" ? line : `\u001b[${mark}m${line}\u001b[0m`;
      return `${this.#margin}${marked}`.trimEnd();
    });
    this.#options.write(`${lines.join("\n")}\n`);
  }
}

import { headOf, withoutMiddle } from "../../messages/cut-text.ts";

/** How much of a text is shown. */
export interface ExcerptLimits {
  readonly maxCharacters: number;
  readonly maxLines: number;
}

/** Leaves the middle of a long text out and says so: the start tells what it is, the end is where results stand. */
export function excerpt(text: string, { maxCharacters, maxLines }: ExcerptLimits): string {
  const short = withoutMiddle(text, maxCharacters, (left) => `\n… ${left} characters not shown …\n`);
  return withoutMiddleLines(short, maxLines);
}

/** The start of a text that is longer than it may be, with a mark that more came. */
export function start(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${headOf(text, maxCharacters - 1)}…`;
}

function withoutMiddleLines(text: string, maxLines: number): string {
  const lines = text.split("\n");
  if (lines.length <= maxLines) return text;
  const half = Math.floor(maxLines / 2);
  const left = lines.length - 2 * half;
  return [...lines.slice(0, half), `… ${left} lines not shown …`, ...lines.slice(-half)].join("\n");
}

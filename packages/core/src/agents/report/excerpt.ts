/** How much of a text is shown. */
export interface ExcerptLimits {
  readonly maxCharacters: number;
  readonly maxLines: number;
}

/** Leaves the middle of a long text out and says so: the start tells what it is, the end is where results stand. */
export function excerpt(text: string, { maxCharacters, maxLines }: ExcerptLimits): string {
  return withoutMiddleLines(withoutMiddle(text, maxCharacters), maxLines);
}

/** The start of a text that is longer than it may be, with a mark that more came. */
export function start(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, headEnd(text, maxCharacters - 1))}…`;
}

function withoutMiddle(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const half = Math.floor(maxCharacters / 2);
  const head = headEnd(text, half);
  const tail = tailStart(text, text.length - half);
  return `${text.slice(0, head)}\n… ${tail - head} characters not shown …\n${text.slice(tail)}`;
}

function withoutMiddleLines(text: string, maxLines: number): string {
  const lines = text.split("\n");
  if (lines.length <= maxLines) return text;
  const half = Math.floor(maxLines / 2);
  const left = lines.length - 2 * half;
  return [...lines.slice(0, half), `… ${left} lines not shown …`, ...lines.slice(-half)].join("\n");
}

/** Not between the halves of a surrogate pair. */
function headEnd(text: string, at: number): number {
  return isPairAt(text, at - 1) ? at - 1 : at;
}

function tailStart(text: string, at: number): number {
  return isPairAt(text, at - 1) ? at + 1 : at;
}

function isPairAt(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

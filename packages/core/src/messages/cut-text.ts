/** The start of a text: at most so many characters, and no half of a surrogate pair at its end. */
export function headOf(text: string, length: number): string {
  return text.slice(0, isPairAt(text, length - 1) ? length - 1 : length);
}

/** The end of a text: at most so many characters, and no half of a surrogate pair at its beginning. */
export function tailOf(text: string, length: number): string {
  const at = Math.max(0, text.length - length);
  return text.slice(isPairAt(text, at - 1) ? at + 1 : at);
}

/**
 * A text without its middle where it is longer than allowed: the start says what it is, the end is where results stand.
 *
 * @param mark - What stands in place of so many characters. It comes on top of those that are allowed.
 */
export function withoutMiddle(text: string, maxCharacters: number, mark: (left: number) => string): string {
  if (text.length <= maxCharacters) return text;
  const half = Math.floor(maxCharacters / 2);
  const head = headOf(text, half);
  const tail = tailOf(text, half);
  return head + mark(text.length - head.length - tail.length) + tail;
}

function isPairAt(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

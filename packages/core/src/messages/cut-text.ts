/** The start of a text: at most so many characters, and no half of a surrogate pair at its end. */
export function headOf(text: string, length: number): string {
  return text.slice(0, isPairAt(text, length - 1) ? length - 1 : length);
}

/** The end of a text: at most so many characters, and no half of a surrogate pair at its beginning. */
export function tailOf(text: string, length: number): string {
  const at = Math.max(0, text.length - length);
  return text.slice(isPairAt(text, at - 1) ? at + 1 : at);
}

function isPairAt(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff;
}

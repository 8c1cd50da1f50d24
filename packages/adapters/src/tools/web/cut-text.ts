/**
 * Shows a part of a long text and says what is left out.
 *
 * @param text - The whole text.
 * @param start - Where the part begins, in characters.
 * @param maxLength - The most characters to show.
 */
export function cutText(text: string, start: number, maxLength: number): string {
  if (start >= text.length && start > 0) return `[The text has ${text.length} characters; nothing is at ${start}.]`;
  const begin = wholeCharacter(text, start);
  const end = wholeCharacter(text, Math.min(begin + maxLength, text.length));
  const part = text.slice(begin, end);
  if (end === text.length) return part;
  return `${part}\n\n[Cut: characters ${begin} to ${end} of ${text.length}. Call again with start ${end} to read on.]`;
}

/** Moves a place out of the middle of a character that takes two places. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff && at > 0 ? at - 1 : at;
}

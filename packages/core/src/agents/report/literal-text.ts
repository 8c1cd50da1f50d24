/**
 * Characters that a terminal acts on, or that nobody sees: controls but for line breaks and tabs, formats such as the
 * bidi overrides, halves of surrogate pairs, and the two separators that count as line breaks in some places. The
 * joiners stay, because emoji and whole scripts are written with them.
 */
const unseen = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A text as a terminal can show it without doing what it says: escape sequences, bidi overrides and other characters
 * that are not seen become `\x1b` or `\u202e`. Line breaks and tabs stay.
 */
export function literalText(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(unseen, escaped);
}

/** The same on one line: line breaks and tabs are shown as `\n` and `\t`. */
export function literalLine(text: string): string {
  return literalText(text)
    .replaceAll("\n", String.raw`\n`)
    .replaceAll("\t", String.raw`\t`);
}

function escaped(character: string): string {
  if (character === "\r") return String.raw`\r`;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return String.raw`\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? String.raw`\u${hex.padStart(4, "0")}` : String.raw`\u{${hex}}`;
}

/** Control characters, marks that turn the direction of writing, and halves of characters; but for line ends and tabs. */
const unprintable = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text of strangers for a terminal: what would command it, or show something else than is there, is written out. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

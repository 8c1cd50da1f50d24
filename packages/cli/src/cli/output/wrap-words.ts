import { stripVTControlCharacters } from "node:util";

/**
 * Breaks a line between words where it is too long. Its indentation is kept; a word that is longer than that stays whole,
 * so that it can be copied. A character is taken for a column.
 *
 * @param width - Columns of the terminal.
 */
export function wrapWords(line: string, width: number): string[] {
  if (columnsOf(line) <= width) return [line];
  const [indent = ""] = /^ */.exec(line) ?? [];
  const [first = "", ...words] = line.slice(indent.length).split(" ");
  const lines = [indent + first];
  let used = indent.length + columnsOf(first);
  for (const word of words) {
    const columns = columnsOf(word);
    if (used + 1 + columns <= width) {
      lines[lines.length - 1] += ` ${word}`;
      used += 1 + columns;
    } else {
      lines.push(indent + word);
      used = indent.length + columns;
    }
  }
  return lines.map((each) => each.trimEnd());
}

function columnsOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

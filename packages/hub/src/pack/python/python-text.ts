/**
 * A text as Python writes it, on one line and in ASCII alone: whatever is in it, it stays a text, and the file reads
 * the same in every encoding of the reader's machine.
 */
export function pythonText(text: string): string {
  let escaped = "";
  // A surrogate that stands alone is no character, in Python either.
  for (const character of text.replace(/\p{Surrogate}/gu, "\uFFFD")) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") escaped += `\\${character}`;
    else if (character === "\n") escaped += "\\n";
    else if (code >= 0x20 && code < 0x7f) escaped += character;
    else if (code > 0xffff) escaped += `\\U${code.toString(16).padStart(8, "0")}`;
    else escaped += `\\u${code.toString(16).padStart(4, "0")}`;
  }
  return `"${escaped}"`;
}

/**
 * The text of a comment as a description: links become their text, the indentation around line breaks and a leading
 * dash go. A text that begins with `TODO:` is none: the words are still to be written.
 */
export function prose(text: string): string {
  const written = text
    .replace(/\{@link(?:code|plain)?\s+([^}|\s]+)([^}]*)\}/g, (_, target: string, label: string) => {
      return label.replace(/^[\s|]+/, "").trim() || target;
    })
    .replace(/^\s*-\s+/, "")
    .replace(/[ \t]*\n[ \t]*/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return written.startsWith("TODO:") ? "" : written;
}

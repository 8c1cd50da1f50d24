/**
 * Estimate how long a text takes to read.
 *
 * @param text - The text.
 * @returns Minutes, rounded up.
 *
 * @example
 * await readingTime("one two three"); // => 1
 */
export function readingTime(text: string): number {
  return Math.ceil(text.split(/\s+/).filter(Boolean).length / 230);
}

/**
 * Estimate how long a text takes to read.
 *
 * @param text - The text.
 * @param wordsPerMinute - How fast the reader is. @minimum 1
 * @returns Minutes, rounded up.
 *
 * @example
 * await readingTime("one two three"); // => 1
 * await readingTime("one two three", 1); // => 3
 */
export function readingTime(text: string, wordsPerMinute: number = 230): number {
  return Math.ceil(text.split(/\s+/).filter(Boolean).length / wordsPerMinute);
}

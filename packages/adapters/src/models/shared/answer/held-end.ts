/**
 * Length of the longest end of a text with which one of the marks may begin: what has to be held back until more comes.
 *
 * @param text - The text so far.
 * @param marks - What is looked for; none of them is within `text`.
 */
export function heldEnd(text: string, marks: readonly string[]): number {
  let longest = 0;
  for (const mark of marks) {
    for (let length = Math.min(mark.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(mark.slice(0, length))) longest = length;
    }
  }
  return longest;
}

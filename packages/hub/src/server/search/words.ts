/** Longest word that is kept; what is longer is no word. */
const maxWordLength = 40;

/** The words of a text in lower case; `getWeather` is `get`, `weather` and `getweather`. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const word of text.normalize("NFKC").split(/[^\p{L}\p{N}]+/u)) {
    if (word === "" || word.length > maxWordLength) continue;
    const pieces = word.split(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u);
    for (const piece of pieces) words.push(piece.toLowerCase());
    if (pieces.length > 1) words.push(word.toLowerCase());
  }
  return words;
}

/** True when one letter added, left out, replaced, or swapped with its neighbour makes one word of the other. */
export function isAlmost(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB === `${restA[1]}${restA[0]}`;
}

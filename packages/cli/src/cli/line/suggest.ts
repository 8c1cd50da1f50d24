/**
 * The names that somebody may have meant by one that is none: the nearest ones, if they are near.
 *
 * @param typed - What was typed.
 * @param names - What there is.
 * @returns At most three, the nearest first.
 */
export function suggest(typed: string, names: Iterable<string>): string[] {
  const word = typed.toLowerCase();
  const near = [...names]
    .map((name) => ({ name, distance: nearness(word, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(Math.max(word.length, name.length) * 0.34)));
  const least = Math.min(...near.map(({ distance }) => distance));
  return near
    .filter(({ distance }) => distance === least)
    .map(({ name }) => name)
    .slice(0, 3);
}

/** A sentence for the end of an error; empty when nothing is near. */
export function didYouMean(typed: string, names: Iterable<string>): string {
  const [first, ...more] = suggest(typed, names);
  return first === undefined ? "" : ` Did you mean ${[first, ...more].join(" or ")}?`;
}

/** Half a step for the beginning of a name, else the number of slips. */
function nearness(word: string, name: string): number {
  return word.length > 1 && name.startsWith(word) ? 0.5 : slips(word, name);
}

/**
 * How many slips of the finger lie between two words: letters left out, put in, replaced, or swapped with the next.
 *
 * Source: the optimal string alignment distance.
 */
function slips(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + cost,
        swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}

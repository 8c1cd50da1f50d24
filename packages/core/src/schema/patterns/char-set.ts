/** A set of characters as ranges of code points, in order and apart from one another. */
export type CharSet = readonly (readonly [from: number, to: number])[];

const lastCodePoint = 0x10ffff;

/** Every character. */
export const anyChar: CharSet = [[0, lastCodePoint]];

const digits: CharSet = [[48, 57]];
const wordChars = setOf([[48, 57], [65, 90], [95, 95], [97, 122]]); // prettier-ignore
const spaces = setOf([[9, 13], [32, 32], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff]]); // prettier-ignore

/** The characters that an escape such as `\d` stands for; `undefined` for other letters. */
export function classEscape(letter: string): CharSet | undefined {
  const sets: Record<string, CharSet> = { d: digits, w: wordChars, s: spaces };
  const set = sets[letter.toLowerCase()];
  return set && (letter === letter.toLowerCase() ? set : complement(set));
}

/** Ranges in any order as a set. */
export function setOf(ranges: CharSet): CharSet {
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** All other characters. */
export function complement(set: CharSet): CharSet {
  const others: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) others.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= lastCodePoint) others.push([next, lastCodePoint]);
  return others;
}

/** True when some character is in both. */
export function intersects(a: CharSet, b: CharSet): boolean {
  return a.some(([from, to]) => b.some(([otherFrom, otherTo]) => from <= otherTo && otherFrom <= to));
}

/** True when a character, as a code point, is in a set. */
export function contains(set: CharSet, point: number): boolean {
  return set.some(([from, to]) => from <= point && point <= to);
}

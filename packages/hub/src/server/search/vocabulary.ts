import { isAlmost } from "./words.ts";

/** How many new words wait to be sorted in. */
const maxTail = 1_000;
/** Shortest word that may have a wrong letter. */
const minAlmostLength = 5;

/** All words of an index, for those that begin like a word, or are almost one. */
export class Vocabulary {
  #sorted: string[] = [];
  /** Words that came since the others were sorted: few enough to look at each. */
  #tail: string[] = [];

  /** @param word - One that was not added before. */
  add(word: string): void {
    this.#tail.push(word);
    if (this.#tail.length <= maxTail) return;
    this.#sorted = [...this.#sorted, ...this.#tail].sort();
    this.#tail = [];
  }

  /** The words that begin with this one, the word itself left out. */
  startingWith(prefix: string): string[] {
    const found = this.#tail.filter((word) => word.startsWith(prefix) && word !== prefix);
    for (let index = this.#firstFrom(prefix); index < this.#sorted.length; index += 1) {
      const word = this.#sorted[index] ?? "";
      if (!word.startsWith(prefix)) break;
      if (word !== prefix) found.push(word);
    }
    return found;
  }

  /** The words that differ in one letter; none for short ones. */
  almost(word: string): string[] {
    if (word.length < minAlmostLength) return [];
    return [...this.#sorted, ...this.#tail].filter((other) => isAlmost(word, other));
  }

  /** Where the first word stands that does not come before this one. */
  #firstFrom(word: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? "") < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

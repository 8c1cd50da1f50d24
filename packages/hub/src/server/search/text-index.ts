import { Vocabulary } from "./vocabulary.ts";
import { wordsOf } from "./words.ts";

/** A text of a document, and how much a word in it counts. */
export interface WeightedText {
  text: string;
  weight: number;
  /** How many words such a text has as a rule: in a longer one each counts less. */
  usualLength: number;
}

/** Where a word is: documents, and how much it counts in each. */
interface Postings {
  slots: number[];
  weights: number[];
}

/** Most words of a question. */
const maxWords = 12;
/** Most words that the beginning of a word stands for. */
const maxCompletions = 100;
/** Most different words of a document: more of them are a list of words, and every question would pay for it. */
const maxDocumentWords = 2_000;
const prefixWeight = 0.4;
const almostWeight = 0.3;
/** Up to what weight a word counts more the more often it is there: k1 of BM25. */
const saturation = 1.2;
/** Fewer documents than this are not worth cleaning up after. */
const minDead = 1_000;

/**
 * An inverted index: finds documents by the words in them, ranked as BM25F does.
 *
 * Documents have numbers. One that is replaced gets a new number, and the index is built anew when half of its
 * numbers stand for nothing any more.
 */
export class TextIndex {
  #postings = new Map<string, Postings>();
  #vocabulary = new Vocabulary();
  #ids: (string | undefined)[] = [];
  readonly #documents = new Map<string, { slot: number; texts: readonly WeightedText[] }>();

  /** Adds a document, or replaces the one with this id. */
  set(id: string, texts: readonly WeightedText[]): void {
    this.delete(id);
    const slot = this.#ids.push(id) - 1;
    this.#documents.set(id, { slot, texts });
    for (const [word, weight] of weigh(texts)) this.#post(word, slot, weight);
    if (this.#ids.length - this.#documents.size > Math.max(this.#documents.size, minDead)) this.#rebuild();
  }

  delete(id: string): void {
    const known = this.#documents.get(id);
    if (!known) return;
    this.#ids[known.slot] = undefined;
    this.#documents.delete(id);
  }

  /**
   * The documents in which all words are, or, where there are none, those with some of them; by id, with a score.
   *
   * A word also stands for those that begin with it, and one that is nowhere for those that differ in a letter.
   *
   * @param keep - Leaves a document out when it gives false.
   */
  search(query: string, keep: (id: string) => boolean): Map<string, number> {
    const words = [...new Set(wordsOf(query))].slice(0, maxWords);
    const scores = new Float64Array(this.#ids.length);
    const counts = new Uint8Array(this.#ids.length);
    for (const word of words) this.#score(word, scores, counts);
    const withWords = (least: number) => {
      const found = new Map<string, number>();
      for (let slot = 0; slot < counts.length; slot++) {
        const id = this.#ids[slot];
        if (id !== undefined && (counts[slot] ?? 0) >= least && keep(id)) found.set(id, scores[slot] ?? 0);
      }
      return found;
    };
    const all = words.length > 0 ? withWords(words.length) : new Map<string, number>();
    return all.size > 0 || words.length < 2 ? all : withWords(1);
  }

  /** Adds what one word of a question is worth in each document. */
  #score(word: string, scores: Float64Array, counts: Uint8Array): void {
    const best = new Float64Array(this.#ids.length);
    for (const [term, factor] of this.#termsFor(word)) {
      const postings = this.#postings.get(term);
      if (!postings) continue;
      const rarity = Math.log(1 + this.#ids.length / postings.slots.length) * factor;
      // Among ten thousand documents, iterators would take three times as long.
      for (let index = 0; index < postings.slots.length; index++) {
        const slot = postings.slots[index] ?? 0;
        const weight = postings.weights[index] ?? 0;
        const score = (rarity * weight) / (weight + saturation);
        // Of several words that one stands for only the best one counts.
        if (score > (best[slot] ?? 0)) best[slot] = score;
      }
    }
    for (let slot = 0; slot < best.length; slot++) {
      const score = best[slot] ?? 0;
      if (score === 0) continue;
      scores[slot] = (scores[slot] ?? 0) + score;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }

  #termsFor(word: string): [term: string, factor: number][] {
    const terms: [string, number][] = this.#postings.has(word) ? [[word, 1]] : [];
    if (word.length >= 2) {
      const completions = this.#vocabulary.startingWith(word).slice(0, maxCompletions);
      for (const term of completions) terms.push([term, prefixWeight]);
    }
    if (terms.length > 0) return terms;
    return this.#vocabulary.almost(word).map((term) => [term, almostWeight]);
  }

  #post(word: string, slot: number, weight: number): void {
    const known = this.#postings.get(word);
    if (known) {
      known.slots.push(slot);
      known.weights.push(weight);
      return;
    }
    this.#postings.set(word, { slots: [slot], weights: [weight] });
    this.#vocabulary.add(word);
  }

  #rebuild(): void {
    const documents = [...this.#documents];
    this.#postings = new Map();
    this.#vocabulary = new Vocabulary();
    this.#ids = [];
    this.#documents.clear();
    for (const [id, { texts }] of documents) this.set(id, texts);
  }
}

/** How much each word of a document counts, over all of its texts. */
function weigh(texts: readonly WeightedText[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { text, weight, usualLength } of texts) {
    const words = wordsOf(text);
    const each = weight / (0.5 + (0.5 * words.length) / usualLength);
    for (const word of words) {
      const known = weights.get(word);
      if (known !== undefined || weights.size < maxDocumentWords) weights.set(word, (known ?? 0) + each);
    }
  }
  return weights;
}

import { type Place, placeText } from "./place.ts";
import type { SchemaFinding } from "../schema-finding.ts";
import { shownValue } from "./shown-value.ts";

/** Gathers what is wrong with a value, up to a number of findings. */
export class Findings {
  readonly list: SchemaFinding[] = [];
  readonly #most: number;
  readonly #hasWords: boolean;
  #count = 0;

  /**
   * @param most - After this many the walk need not go on.
   * @param hasWords - Without words, only that there are any is told.
   */
  constructor(most: number, hasWords: boolean) {
    this.#most = most;
    this.#hasWords = hasWords;
  }

  get any(): boolean {
    return this.#count > 0;
  }

  get isFull(): boolean {
    return this.#count >= this.#most;
  }

  /** @param expected - Makes the words, when they are wanted. */
  add(place: Place | undefined, expected: () => string, value: unknown): void {
    this.#count++;
    if (!this.#hasWords || this.list.length >= this.#most) return;
    this.list.push({ path: placeText(place), expected: expected(), received: shownValue(value) });
  }
}

import { heldEnd } from "./held-end.ts";

/**
 * Ends a streamed text at the first of some stop texts, also where one is split over pieces.
 *
 * Text that may be the beginning of a stop text is held back until it is known. The first stop text to be complete
 * counts, and of two that end at the same place the longer one, so that the result never depends on the pieces.
 */
export class StopCutter {
  readonly #stops: readonly string[];
  #held = "";

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== "");
  }

  /**
   * Takes the next piece.
   *
   * @returns What may be passed on, and whether the text ends with it.
   */
  push(piece: string): { text: string; stopped: boolean } {
    const text = this.#held + piece;
    const cut = this.#cutAt(text);
    if (cut !== undefined) {
      this.#held = "";
      return { text: text.slice(0, cut), stopped: true };
    }
    const held = heldEnd(text, this.#stops);
    this.#held = text.slice(text.length - held);
    return { text: text.slice(0, text.length - held), stopped: false };
  }

  /** Gives up what is held back: no more of the text will come. */
  flush(): string {
    const held = this.#held;
    this.#held = "";
    return held;
  }

  /** Where the stop text begins that is complete first. */
  #cutAt(text: string): number | undefined {
    let cut: number | undefined;
    let earliestEnd = Infinity;
    for (const stop of this.#stops) {
      const start = text.indexOf(stop);
      if (start === -1) continue;
      const end = start + stop.length;
      if (end < earliestEnd || (end === earliestEnd && start < (cut ?? Infinity))) {
        cut = start;
        earliestEnd = end;
      }
    }
    return cut;
  }
}

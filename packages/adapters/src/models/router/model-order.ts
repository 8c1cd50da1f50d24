import type { Model } from "@smoltools/core";
import type { RouterSettings, RouterStrategy } from "./options.ts";

interface Entry {
  model: Model;
  weight: number;
  /** Until when it is asked last, in milliseconds of `performance.now()`. */
  coolUntil: number;
}

/** Says in which order models are asked, and remembers which of them failed of late. */
export class ModelOrder {
  readonly #entries: readonly Entry[];
  readonly #strategy: RouterStrategy;
  readonly #coolDownMs: number;
  readonly #random: () => number;
  #calls = 0;

  /** @param random - Gives numbers from 0 up to 1. */
  constructor({ models, strategy, coolDownMs }: RouterSettings, random: () => number = Math.random) {
    this.#entries = models.map(({ model, weight }) => ({ model, weight, coolUntil: -Infinity }));
    this.#strategy = strategy;
    this.#coolDownMs = coolDownMs;
    this.#random = random;
  }

  /**
   * The order of one call: every model once, those that failed of late behind the others.
   *
   * @param now - Milliseconds of `performance.now()`.
   */
  next(now: number): Model[] {
    const ordered = this.#ordered();
    const cool = ordered.filter(({ coolUntil }) => coolUntil > now);
    return [...ordered.filter((entry) => !cool.includes(entry)), ...cool].map(({ model }) => model);
  }

  /** A model failed: for a while it is asked last. */
  failed(model: Model, now: number): void {
    this.#set(model, now + this.#coolDownMs);
  }

  /** A model answers: it is asked in its turn again. */
  answered(model: Model): void {
    this.#set(model, -Infinity);
  }

  #set(model: Model, coolUntil: number): void {
    for (const entry of this.#entries) {
      if (entry.model === model) entry.coolUntil = coolUntil;
    }
  }

  #ordered(): readonly Entry[] {
    if (this.#strategy === "fallback") return this.#entries;
    if (this.#strategy === "random") return this.#shuffled();
    const first = this.#calls++ % this.#entries.length;
    return [...this.#entries.slice(first), ...this.#entries.slice(0, first)];
  }

  /** Draws one after another, each as often as its weight says. */
  #shuffled(): Entry[] {
    const left = [...this.#entries];
    const drawn: Entry[] = [];
    while (left.length > 0) {
      let point = this.#random() * left.reduce((sum, { weight }) => sum + weight, 0);
      const index = left.findIndex(({ weight }) => (point -= weight) < 0);
      // Rounding can leave the point behind the last one.
      drawn.push(...left.splice(index === -1 ? left.length - 1 : index, 1));
    }
    return drawn;
  }
}

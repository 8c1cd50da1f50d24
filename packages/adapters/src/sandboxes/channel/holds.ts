/** Counts those who need something to be kept alive. */
export class Holds {
  readonly #setHeld: (isHeld: boolean) => void;
  #count = 0;

  /** @param setHeld - Told when the first one comes, and when the last one has gone. */
  constructor(setHeld: (isHeld: boolean) => void) {
    this.#setHeld = setHeld;
  }

  /** Holds it until the disposal. */
  take(): Disposable {
    this.#count += 1;
    if (this.#count === 1) this.#setHeld(true);
    return {
      [Symbol.dispose]: () => {
        this.#count -= 1;
        if (this.#count === 0) this.#setHeld(false);
      },
    };
  }
}

/** How much work a comparison of two packages may take, in characters of schemas that are read for it. */
const maxWork = 40_000_000;

/** The work that is left for comparing schemas, which strangers have written. */
export class Budget {
  #left: number;

  constructor(work: number = maxWork) {
    this.#left = work;
  }

  /** False when too much has been done already. */
  get isLeft(): boolean {
    return this.#left > 0;
  }

  spend(work: number): void {
    this.#left -= work;
  }
}

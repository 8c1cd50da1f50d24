/** What has to be ended in the end, the last first, whatever becomes of one. */
export class Owned implements AsyncDisposable {
  readonly #things: AsyncDisposable[] = [];

  use<T extends AsyncDisposable>(thing: T): T {
    this.#things.push(thing);
    return thing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const thing of this.#things.splice(0).reverse()) await Promise.allSettled([thing[Symbol.asyncDispose]()]);
  }
}

/** Between two signs of life of the host. */
const beatMs = 5;

/** What code must never be able to change: the ground that every program of the host stands on. */
const ground: readonly object[] = [
  Object,
  Object.prototype,
  Function.prototype,
  Array,
  Array.prototype,
  Promise,
  Promise.prototype,
  Error,
  Error.prototype,
  String.prototype,
  Number.prototype,
  RegExp.prototype,
  Map.prototype,
  Set.prototype,
  JSON,
  Reflect,
];

/** Watches the host while hostile code runs: whether its thread answers, and whether its own objects stay as they are. */
export class HostWatch implements Disposable {
  readonly #properties: readonly Map<PropertyKey, PropertyDescriptor | undefined>[] = ground.map(propertiesOf);
  readonly #timer: ReturnType<typeof setInterval>;
  #beatAt: number = performance.now();
  #longestMs = 0;

  constructor() {
    this.#timer = setInterval(() => this.#beat(), beatMs);
  }

  /** The longest time in which the host's thread did nothing else, in milliseconds. */
  get gapMs(): number {
    this.#beat();
    return Math.max(this.#longestMs - beatMs, 0);
  }

  /** What was changed in the host's own objects, in words. */
  changes(): string[] {
    return ground.flatMap((object, index) => {
      const [before, now] = [this.#properties[index] ?? new Map(), propertiesOf(object)];
      const names = [...new Set([...before.keys(), ...now.keys()])];
      return names.filter((name) => !isSame(before.get(name), now.get(name))).map((name) => `${String(name)} changed`);
    });
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const now = performance.now();
    this.#longestMs = Math.max(this.#longestMs, now - this.#beatAt);
    this.#beatAt = now;
  }
}

function propertiesOf(object: object): Map<PropertyKey, PropertyDescriptor | undefined> {
  return new Map(Reflect.ownKeys(object).map((key) => [key, Reflect.getOwnPropertyDescriptor(object, key)]));
}

function isSame(a: PropertyDescriptor | undefined, b: PropertyDescriptor | undefined): boolean {
  return a !== undefined && b !== undefined && a.value === b.value && a.get === b.get && a.set === b.set;
}

/** A map that forgets what was not used for longest when the weights of its values add up to more than its limit. */
export class LruMap<Value> {
  readonly #values = new Map<string, { value: Value; weight: number }>();
  readonly #maxWeight: number;
  #weight = 0;

  constructor(maxWeight: number) {
    this.#maxWeight = maxWeight;
  }

  get(key: string): Value | undefined {
    const found = this.#values.get(key);
    if (!found) return undefined;
    // A Map keeps the order of insertion: the last one is the one used last.
    this.#values.delete(key);
    this.#values.set(key, found);
    return found.value;
  }

  set(key: string, value: Value, weight = 1): void {
    this.#weight -= this.#values.get(key)?.weight ?? 0;
    this.#values.delete(key);
    if (weight > this.#maxWeight) return;
    this.#values.set(key, { value, weight });
    this.#weight += weight;
    for (const [oldest, { weight: freed }] of this.#values) {
      if (this.#weight <= this.#maxWeight) break;
      this.#values.delete(oldest);
      this.#weight -= freed;
    }
  }
}

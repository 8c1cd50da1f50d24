/** Which keys and items some keyword has looked at: what `unevaluatedProperties` and `unevaluatedItems` ask. */
export class EvaluatedParts {
  readonly #parts = new Set<string | number>();

  add(part: string | number): void {
    this.#parts.add(part);
  }

  has(part: string | number): boolean {
    return this.#parts.has(part);
  }

  addAll(other: EvaluatedParts): void {
    for (const part of other.#parts) this.#parts.add(part);
  }
}

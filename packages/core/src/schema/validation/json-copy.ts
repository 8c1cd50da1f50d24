/** Values with more parts (items, members and scalars) are refused. */
const maxValueParts = 2_000_000;

/** Values that are nested deeper are refused. */
const maxValueDepth = 256;

/** A value as JSON would carry it, or why it cannot. */
export type JsonCopy =
  | { json: unknown; parts: number; problem?: undefined }
  /** `expected` in words; `path` are the keys that lead there. */
  | { problem: { path: readonly (string | number)[]; expected: string; value: unknown } };

/**
 * Copies a value as JSON would carry it: members that are `undefined` are absent.
 *
 * Objects of any class are taken by their own enumerable members. Never throws.
 */
export function jsonCopy(value: unknown): JsonCopy {
  const copier = new Copier();
  try {
    return { json: copier.copy(value), parts: copier.parts };
  } catch (error) {
    if (error instanceof NotJson) {
      return { problem: { path: [...copier.path], expected: error.message, value: error.value } };
    }
    // A getter or a proxy threw.
    return { problem: { path: [...copier.path], expected: "a value that can be read", value: undefined } };
  }
}

class NotJson extends Error {
  readonly value: unknown;

  constructor(expected: string, value: unknown) {
    super(expected);
    this.value = value;
  }
}

class Copier {
  parts = 0;
  readonly path: (string | number)[] = [];
  readonly #around = new Set<object>();

  copy(value: unknown): unknown {
    if (++this.parts > maxValueParts) throw new NotJson(`a value of at most ${maxValueParts} parts`, undefined);
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        if (Number.isFinite(value)) return value;
        throw new NotJson("a number that JSON can hold", value);
      case "object":
        return value === null ? null : this.#members(value);
      default:
        throw new NotJson("a value that JSON can hold", value);
    }
  }

  #members(value: object): unknown {
    if (this.#around.has(value)) throw new NotJson("a value that does not contain itself", value);
    if (this.#around.size >= maxValueDepth) throw new NotJson(`at most ${maxValueDepth} levels`, undefined);
    this.#around.add(value);
    const at = (key: string | number, member: unknown): unknown => {
      this.path.push(key);
      const copied = this.copy(member);
      this.path.pop();
      return copied;
    };
    let copied: unknown;
    if (Array.isArray(value)) copied = Array.from(value, (item, index) => at(index, item));
    else {
      const entries = Object.entries(value).filter(([, member]) => member !== undefined);
      // Unlike assignment, this makes a member of a key such as `__proto__`.
      copied = Object.fromEntries(entries.map(([key, member]) => [key, at(key, member)]));
    }
    this.#around.delete(value);
    return copied;
  }
}

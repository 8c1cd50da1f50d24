import { Map, Object, String, TypeError, iterator } from "./builtins.ts";

type Init = Headers | Iterable<readonly [string, string]> | Readonly<Record<string, string>>;

/** The headers of a request or response; names are compared without case. */
export class Headers {
  /** By lower-case name. `set-cookie` may have several values, every other name has one. */
  readonly #values = new Map<string, string[]>();

  constructor(init: Init = {}) {
    const entries = iterator in init ? init : Object.entries(init);
    for (const [name, value] of entries) this.append(name, value);
  }

  append(name: string, value: string): void {
    const key = keyOf(name);
    this.#values.set(key, [...(this.#values.get(key) ?? []), valueOf(value)]);
  }

  set(name: string, value: string): void {
    this.#values.set(keyOf(name), [valueOf(value)]);
  }

  get(name: string): string | null {
    return this.#values.get(keyOf(name))?.join(", ") ?? null;
  }

  getSetCookie(): string[] {
    return [...(this.#values.get("set-cookie") ?? [])];
  }

  has(name: string): boolean {
    return this.#values.has(keyOf(name));
  }

  delete(name: string): void {
    this.#values.delete(keyOf(name));
  }

  forEach(visit: (value: string, name: string, headers: Headers) => void, thisArg?: unknown): void {
    for (const [name, value] of this) visit.call(thisArg, value, name, this);
  }

  *entries(): Generator<[string, string]> {
    for (const name of [...this.#values.keys()].sort()) {
      const values = this.#values.get(name) ?? [];
      if (name === "set-cookie") for (const value of values) yield [name, value];
      else yield [name, values.join(", ")];
    }
  }

  *keys(): Generator<string> {
    for (const [name] of this) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this) yield value;
  }

  [Symbol.iterator](): Generator<[string, string]> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return "Headers";
  }
}

function keyOf(name: string): string {
  const key = String(name).toLowerCase();
  if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(key)) throw new TypeError(`${name} is not a header name`);
  return key;
}

function valueOf(value: string): string {
  const trimmed = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  if (/[\0\n\r]|[^\0-\u00ff]/.test(trimmed)) throw new TypeError("a header value holds a character that it may not");
  return trimmed;
}

import { Array, Object, String, TypeError, iterator } from "./builtins.ts";
import { wellFormed } from "./intrinsics.ts";
import { ask } from "./services.ts";

type Pair = [name: string, value: string];
type Init = string | Iterable<Iterable<string>> | Readonly<Record<string, string>>;

const updaters = new WeakMap<URLSearchParams, () => void>();

/** Has `update` called whenever the parameters change. */
export function onParamsChange(params: URLSearchParams, update: () => void): void {
  updaters.set(params, update);
}

/** The parameters of a query; reading and writing the text form is the host's work. */
export class URLSearchParams {
  #pairs: Pair[];

  constructor(init: Init = "") {
    this.#pairs = pairsFrom(init);
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: string, value: string): void {
    this.#replace([...this.#pairs, [text(name), text(value)]]);
  }

  delete(name: string, value?: string): void {
    this.#replace(this.#pairs.filter((pair) => !matches(pair, name, value)));
  }

  get(name: string): string | null {
    return this.#pairs.find((pair) => matches(pair, name))?.[1] ?? null;
  }

  getAll(name: string): string[] {
    return this.#pairs.filter((pair) => matches(pair, name)).map(([, value]) => value);
  }

  has(name: string, value?: string): boolean {
    return this.#pairs.some((pair) => matches(pair, name, value));
  }

  set(name: string, value: string): void {
    const at = this.#pairs.findIndex((pair) => matches(pair, name));
    if (at < 0) return this.append(name, value);
    const changed: Pair = [text(name), text(value)];
    this.#replace(this.#pairs.flatMap((pair, index) => (index === at ? [changed] : matches(pair, name) ? [] : [pair])));
  }

  sort(): void {
    this.#replace([...this.#pairs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }

  forEach(visit: (value: string, name: string, params: URLSearchParams) => void, thisArg?: unknown): void {
    for (const [name, value] of this) visit.call(thisArg, value, name, this);
  }

  *entries(): Generator<Pair> {
    for (let index = 0; index < this.#pairs.length; index += 1) yield [...(this.#pairs[index] as Pair)];
  }

  *keys(): Generator<string> {
    for (const [name] of this) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this) yield value;
  }

  [Symbol.iterator](): Generator<Pair> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return "URLSearchParams";
  }

  toString(): string {
    return this.#pairs.length === 0 ? "" : (ask<string>("writeParams", this.#pairs) ?? "");
  }

  #replace(pairs: Pair[]): void {
    this.#pairs = pairs;
    updaters.get(this)?.();
  }

  /** Takes over a new query without telling the URL that it came from. */
  static readFrom(params: URLSearchParams, query: string): void {
    params.#pairs = pairsFrom(query);
  }
}

function pairsFrom(init: Init): Pair[] {
  if (typeof init !== "object" || init === null) {
    const query = String(init);
    return query === "" ? [] : (ask<Pair[]>("readParams", query) ?? []);
  }
  if (!(iterator in init)) return Object.entries(init).map(([name, value]) => [text(name), text(value)]);
  return Array.from(init, (item) => {
    const [name, value, ...others] = item;
    if (name === undefined || value === undefined || others.length > 0) {
      throw new TypeError("URLSearchParams: each item must be a pair of a name and a value");
    }
    return [text(name), text(value)];
  });
}

function matches(pair: Pair, name: string, value?: string): boolean {
  return pair[0] === text(name) && (value === undefined || pair[1] === text(value));
}

/** Lone surrogates cannot be part of a URL. */
function text(value: unknown): string {
  return wellFormed(String(value));
}

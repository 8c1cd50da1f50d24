import { String, TypeError } from "./builtins.ts";
import { Blob, File } from "./blob.ts";
import { wellFormed } from "./intrinsics.ts";

type Entry = [name: string, value: string | File];

/** The fields of a form: texts and files. */
export class FormData {
  #entries: Entry[] = [];

  append(name: string, value: unknown, fileName?: string): void {
    this.#entries.push(entry(name, value, fileName));
  }

  set(name: string, value: unknown, fileName?: string): void {
    const changed = entry(name, value, fileName);
    const at = this.#entries.findIndex(([key]) => key === changed[0]);
    if (at < 0) this.#entries.push(changed);
    else this.#entries = this.#entries.flatMap((old, i) => (i === at ? [changed] : old[0] === changed[0] ? [] : [old]));
  }

  get(name: string): string | File | null {
    return this.#entries.find(([key]) => key === textOf(name))?.[1] ?? null;
  }

  getAll(name: string): (string | File)[] {
    return this.#entries.filter(([key]) => key === textOf(name)).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.#entries.some(([key]) => key === textOf(name));
  }

  delete(name: string): void {
    this.#entries = this.#entries.filter(([key]) => key !== textOf(name));
  }

  forEach(visit: (value: string | File, name: string, form: FormData) => void, thisArg?: unknown): void {
    for (const [name, value] of this) visit.call(thisArg, value, name, this);
  }

  *entries(): Generator<Entry> {
    for (const [name, value] of this.#entries) yield [name, value];
  }

  *keys(): Generator<string> {
    for (const [name] of this) yield name;
  }

  *values(): Generator<string | File> {
    for (const [, value] of this) yield value;
  }

  [Symbol.iterator](): Generator<Entry> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return "FormData";
  }
}

function entry(name: string, value: unknown, fileName: string | undefined): Entry {
  if (!(value instanceof Blob)) {
    if (fileName !== undefined) throw new TypeError("FormData: a value with a file name must be a Blob");
    return [textOf(name), textOf(value)];
  }
  if (value instanceof File && fileName === undefined) return [textOf(name), value];
  return [textOf(name), new File([value], fileName ?? "blob", { type: value.type })];
}

function textOf(value: unknown): string {
  return wellFormed(String(value));
}

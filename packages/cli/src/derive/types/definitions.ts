import type { JsonSchemaObject } from "@smoltools/core";
import type { TypeView } from "../engine/port.ts";

/** How many types that differ only in their arguments may stand inside of one another. */
const maxNesting = 8;

interface Entry {
  readonly type: TypeView;
  name?: string;
}

/** Gives recursive types a name and a definition; all others are written out where they are used. */
export class Definitions {
  /** The types that are being derived, outermost first. */
  readonly #open: Entry[] = [];
  readonly #finished = new Map<object, string>();
  readonly #names = new Set<string>();
  readonly #schemas = new Map<string, JsonSchemaObject>();

  /** A reference to a type that is, or is part of, itself; `undefined` when it must be written out. */
  reference(type: TypeView): JsonSchemaObject | undefined {
    const finished = this.#finished.get(type.id);
    if (finished !== undefined) return refTo(finished);
    const index = this.#open.findIndex((entry) => entry.type.id === type.id);
    const entry = this.#open[index];
    if (!entry) return undefined;
    // A cycle through an array gets the name of the object or union that it goes through, if there is one.
    const others = this.#open.slice(index + 1).filter((inner) => !isList(inner.type));
    const isBetter = ({ type: other }: Entry) => other.name !== undefined || type.name === undefined;
    if (isList(type) && others.some(isBetter)) return undefined;
    entry.name ??= this.#freshName(type);
    return refTo(entry.name);
  }

  /** How many types stand around what is derived now. */
  get depth(): number {
    return this.#open.length;
  }

  /** True when a generic type contains itself with ever new arguments. */
  isEndless(type: TypeView): boolean {
    const { family } = type;
    return family !== undefined && this.#open.filter((entry) => entry.type.family === family).length >= maxNesting;
  }

  /** Derives a type while it counts as open. */
  define(type: TypeView, derive: () => JsonSchemaObject): JsonSchemaObject {
    const entry: Entry = { type };
    this.#open.push(entry);
    const schema = derive();
    this.#open.pop();
    if (entry.name === undefined) return schema;
    this.#finished.set(type.id, entry.name);
    this.#schemas.set(entry.name, schema);
    return refTo(entry.name);
  }

  /** By name. */
  get all(): Record<string, JsonSchemaObject> {
    return Object.fromEntries([...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #freshName(type: TypeView): string {
    const base =
      (type.name ?? "Recursive")
        .replace(/[^A-Za-z0-9_]+/g, "_")
        .replace(/^_+|_+$/g, "")
        .slice(0, 60) || "Recursive";
    let name = base;
    for (let n = 2; this.#names.has(name); n++) name = `${base}_${n}`;
    this.#names.add(name);
    return name;
  }
}

function isList(type: TypeView): boolean {
  return type.shape.kind === "array" || type.shape.kind === "tuple";
}

function refTo(name: string): JsonSchemaObject {
  return { $ref: `#/$defs/${name}` };
}

import {
  AggregateError,
  Array,
  ArrayBuffer,
  Date,
  Error,
  Map,
  Number,
  Object,
  Promise,
  RegExp,
  Set,
  String,
} from "./builtins.ts";
import { toJson } from "./intrinsics.ts";

/** Most entries of one array, map, set or object that are shown. */
const maxEntries = 100;
/** Deepest nesting that is shown. */
const maxLevels = 8;

/**
 * A value as one line of text, for people and models to read.
 *
 * Looks like the JavaScript that would make the value. Safe on cycles and on values that throw when they are read.
 *
 * @param budget - About how many characters are wanted at most: what comes after is left out.
 */
export function inspect(value: unknown, budget: number): string {
  return new Inspector(budget).show(value);
}

class Inspector {
  #left: number;
  readonly #parents: unknown[] = [];

  constructor(budget: number) {
    this.#left = budget;
  }

  show(value: unknown): string {
    const text = this.#text(value);
    this.#left -= text.length;
    return text;
  }

  #text(value: unknown): string {
    if (typeof value === "string") return toJson(value);
    if (typeof value === "bigint") return `${value}n`;
    if (Object.is(value, -0)) return "-0";
    if (typeof value === "function") return functionText(value);
    if (typeof value !== "object" || value === null) return String(value);
    if (this.#parents.includes(value)) return "[Circular]";
    if (this.#parents.length >= maxLevels) return Array.isArray(value) ? "[Array]" : "[Object]";
    this.#parents.push(value);
    try {
      return this.#object(value);
    } catch {
      return "[an object that cannot be shown]";
    } finally {
      this.#parents.pop();
    }
  }

  #object(value: object): string {
    if (Array.isArray(value)) return this.#list("", "[", value.length, (index) => this.#item(value, index), "]");
    if (value instanceof Error) return this.#error(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return "Promise";
    if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength})`;
    if (value instanceof Map) {
      const entries = [...value];
      const entry = (index: number): string => `${this.show(entries[index]?.[0])} => ${this.show(entries[index]?.[1])}`;
      return this.#list(`Map(${value.size}) `, "{ ", entries.length, entry, " }");
    }
    if (value instanceof Set) {
      const items = [...value];
      return this.#list(`Set(${value.size}) `, "{ ", items.length, (index) => this.show(items[index]), " }");
    }
    const name = className(value);
    if (ArrayBuffer.isView(value) && "length" in value) {
      const items = value as unknown as ArrayLike<unknown>;
      return this.#list(`${name}(${items.length}) `, "[", items.length, (index) => this.show(items[index]), "]");
    }
    const keys = Object.keys(value);
    if (keys.length === 0) return `${name ? `${name} ` : ""}{}`;
    const field = (index: number): string => this.#field(value, keys[index] ?? "");
    return this.#list(name ? `${name} ` : "", "{ ", keys.length, field, " }");
  }

  #list(prefix: string, open: string, length: number, item: (index: number) => string, close: string): string {
    const items: string[] = [];
    while (items.length < length && items.length < maxEntries && this.#left > 0) items.push(item(items.length));
    if (items.length < length) items.push(`… ${length - items.length} more`);
    return prefix + open + items.join(", ") + close;
  }

  #item(list: unknown[], index: number): string {
    return Object.hasOwn(list, index) ? this.show(list[index]) : "<empty>";
  }

  #field(owner: object, key: string): string {
    const shownKey = /^[A-Za-z_$][\w$]*$/.test(key) ? key : toJson(key);
    const property = Object.getOwnPropertyDescriptor(owner, key);
    return `${shownKey}: ${property?.get ? "[Getter]" : this.show(property?.value)}`;
  }

  #error(error: Error): string {
    const text = error.message ? `${error.name}: ${error.message}` : error.name;
    const inner = error instanceof AggregateError ? error.errors : error.cause;
    return inner === undefined ? text : `${text} [cause: ${this.show(inner)}]`;
  }
}

function functionText(value: object): string {
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  const name = (value as { name?: unknown }).name;
  return `[${isClass ? "class" : "Function"}${typeof name === "string" && name !== "" ? `: ${name}` : ""}]`;
}

/** The class of an object, or nothing for plain objects. */
function className(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return "";
  const name = (prototype as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === "string" && name !== "Object" ? name : "";
}

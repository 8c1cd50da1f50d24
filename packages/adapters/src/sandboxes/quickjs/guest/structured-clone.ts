import {
  Array,
  ArrayBuffer,
  DataView,
  Date,
  Error,
  Map,
  Object,
  Promise,
  RegExp,
  Set,
  String,
  WeakMap,
  WeakRef,
  WeakSet,
} from "./builtins.ts";
import { Blob } from "./blob.ts";
import { DOMException } from "./dom-exception.ts";

/** Copies a value with all that it refers to, cycles included. Prototypes of own classes are not kept. */
export function structuredClone<T>(value: T): T {
  return new Cloner().clone(value) as T;
}

const errorTypes = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];

class Cloner {
  readonly #copies = new Map<object, object>();

  clone(value: unknown): unknown {
    if (typeof value === "function" || typeof value === "symbol") throw uncloneable(String(value));
    if (typeof value !== "object" || value === null) return value;
    return this.#copies.get(value) ?? this.#copy(value);
  }

  #copy(source: object): object {
    if (source instanceof Date) return this.#keep(source, new Date(source));
    if (source instanceof RegExp) return this.#keep(source, new RegExp(source));
    if (source instanceof Blob) return source;
    if (source instanceof ArrayBuffer) return this.#keep(source, source.slice(0));
    if (/^\[object (?:Boolean|Number|String)\]$/.test(Object.prototype.toString.call(source))) {
      return this.#keep(source, Object(source.valueOf()) as object);
    }
    if (ArrayBuffer.isView(source)) return this.#view(source);
    if (source instanceof Map) {
      const copy = this.#keep(source, new Map());
      for (const [key, value] of source) copy.set(this.clone(key), this.clone(value));
      return copy;
    }
    if (source instanceof Set) {
      const copy = this.#keep(source, new Set());
      for (const item of source) copy.add(this.clone(item));
      return copy;
    }
    if (source instanceof Error) return this.#error(source);
    if (
      source instanceof Promise ||
      source instanceof WeakMap ||
      source instanceof WeakSet ||
      source instanceof WeakRef
    ) {
      throw uncloneable(Object.prototype.toString.call(source));
    }
    return this.#fields(source, this.#keep(source, Array.isArray(source) ? Array.from({ length: source.length }) : {}));
  }

  #view(source: ArrayBufferView): object {
    const buffer = this.clone(source.buffer) as ArrayBuffer;
    const length = source instanceof DataView ? source.byteLength : (source as Uint8Array).length;
    const type = source.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => object;
    return this.#keep(source, new type(buffer, source.byteOffset, length));
  }

  #error(source: Error): object {
    const type = errorTypes.find((candidate) => candidate.name === source.name) ?? Error;
    const copy = this.#keep(source, new type(source.message));
    if (source.cause !== undefined) copy.cause = this.clone(source.cause);
    return copy;
  }

  #fields(source: object, copy: object): object {
    for (const key of Object.keys(source)) {
      const value = this.clone((source as Record<string, unknown>)[key]);
      Object.defineProperty(copy, key, { value, writable: true, enumerable: true, configurable: true });
    }
    return copy;
  }

  #keep<C extends object>(source: object, copy: C): C {
    this.#copies.set(source, copy);
    return copy;
  }
}

function uncloneable(what: string): DOMException {
  return new DOMException(`${what} could not be cloned.`, "DataCloneError");
}

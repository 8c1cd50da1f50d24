import { TypeError } from "./builtins.ts";

// What the bridge works with, kept before any code of a run can replace it.

export const parseJson: (text: string) => unknown = JSON.parse;
export const toJson: typeof JSON.stringify = JSON.stringify;
export const defineProperty: typeof Object.defineProperty = Object.defineProperty;
const { apply } = Reflect;
const { toWellFormed } = String.prototype as unknown as { toWellFormed: () => string };

/** Defines a global that code can re-assign and re-declare. */
export function defineGlobal(name: string, value: unknown): void {
  defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

/** Defines a global that code can neither re-assign nor delete. */
export function defineFixedGlobal(name: string, value: unknown, refusal: string): void {
  defineProperty(globalThis, name, {
    get: () => value,
    set: () => {
      throw new TypeError(refusal);
    },
    enumerable: false,
    configurable: false,
  });
}

/** The text with each half of a surrogate pair that stands alone replaced, such as the half of an emoji that was cut. */
export function wellFormed(text: string): string {
  return apply(toWellFormed, text, []) as string;
}

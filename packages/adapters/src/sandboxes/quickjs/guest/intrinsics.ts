// The built-ins that the bridge works with, kept before any code of a run can replace them.

export const NativePromise: PromiseConstructor = Promise;
export const parseJson: (text: string) => unknown = JSON.parse;
export const toJson: typeof JSON.stringify = JSON.stringify;
export const defineProperty: typeof Object.defineProperty = Object.defineProperty;

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

import { BigInt, Date, Number } from "./builtins.ts";
import { dateText, numberText } from "./intl.ts";
import { defineProperty } from "./intrinsics.ts";

type LocaleMethod = (this: never, locales?: unknown, options?: unknown) => unknown;

/** Gives the built-in types the locale-aware methods that QuickJS only has in name. */
export function defineLocaleMethods(): void {
  for (const type of [Number, BigInt]) {
    define(type.prototype, "toLocaleString", function (this: number | bigint, locales, options) {
      return numberText(this.valueOf() as number | bigint, locales, options);
    });
  }
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
    define(Date.prototype, name, function (this: Date, locales, options) {
      return dateText(this, name, locales, options);
    });
  }
}

function define(owner: object, name: string, value: LocaleMethod): void {
  defineProperty(owner, name, { value, writable: true, configurable: true, enumerable: false });
}

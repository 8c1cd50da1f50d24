import { host } from "./host.ts";
import { defineProperty } from "./intrinsics.ts";
import type { dateText, numberText } from "./intl.ts";

interface IntlModule {
  numberText: typeof numberText;
  dateText: typeof dateText;
}

/** Gives the built-in types the locale-aware methods that QuickJS only has in name. */
export function defineLocaleMethods(): void {
  let loaded: IntlModule | undefined;
  const intl = (): IntlModule => (loaded ??= host.load("intl") as IntlModule);
  const define = (
    owner: object,
    name: string,
    value: (this: never, locales?: unknown, options?: unknown) => unknown,
  ): void => {
    defineProperty(owner, name, { value, writable: true, configurable: true, enumerable: false });
  };
  for (const type of [Number, BigInt]) {
    define(type.prototype, "toLocaleString", function (this: number | bigint, locales, options) {
      return intl().numberText(this.valueOf() as number | bigint, locales, options);
    });
  }
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
    define(Date.prototype, name, function (this: Date, locales, options) {
      return intl().dateText(this, name, locales, options);
    });
  }
}

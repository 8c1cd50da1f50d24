import { Date, Number, Object, RangeError, String, TypeError } from "./builtins.ts";
import { ask } from "./services.ts";

/** A value as JSON can carry it to the host's formatters. */
function portable(value: unknown): unknown {
  if (value instanceof Date) return { date: value.getTime() };
  if (typeof value === "bigint") return { bigint: String(value) };
  if (Object.is(value, -0)) return { number: "-0" };
  if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
  return value;
}

interface Answer {
  result?: unknown;
  error?: string;
  isTypeError?: boolean;
}

/** Has the host's `Intl` do the work; an error of it is thrown here. */
function format(type: string, locales: unknown, options: unknown, method: string, args: readonly unknown[]): unknown {
  const answer = ask<Answer>("intl", [type, locales, options, method, args.map(portable)]);
  if (answer?.error !== undefined) {
    throw answer.isTypeError ? new TypeError(answer.error) : new RangeError(answer.error);
  }
  return answer?.result;
}

/** A constructor that works with and without `new`; its methods are bound, as `list.map(formatter.format)` needs. */
function formatterType(type: string, ...methods: string[]): object {
  return function (locales?: unknown, options?: unknown): object {
    // Wrong options are an error of the constructor, not of the first use.
    format(type, locales, options, "resolvedOptions", []);
    const bound =
      (method: string): unknown =>
      (...args: unknown[]) =>
        format(type, locales, options, method, args);
    return Object.fromEntries([...methods, "resolvedOptions"].map((method) => [method, bound(method)]));
  };
}

/** The formatters of the host's `Intl`. */
export const Intl: object = {
  Collator: formatterType("Collator", "compare"),
  DateTimeFormat: formatterType("DateTimeFormat", "format", "formatToParts", "formatRange"),
  DisplayNames: formatterType("DisplayNames", "of"),
  ListFormat: formatterType("ListFormat", "format", "formatToParts"),
  NumberFormat: formatterType("NumberFormat", "format", "formatToParts", "formatRange"),
  PluralRules: formatterType("PluralRules", "select"),
  RelativeTimeFormat: formatterType("RelativeTimeFormat", "format", "formatToParts"),
};

/** `toLocaleString` of numbers and bigints. */
export function numberText(value: number | bigint, locales?: unknown, options?: unknown): unknown {
  return format("NumberFormat", locales, options, "format", [value]);
}

/** `toLocaleString`, `toLocaleDateString` and `toLocaleTimeString` of dates. */
export function dateText(value: Date, method: string, locales?: unknown, options?: unknown): unknown {
  return format("Date", locales, options, method, [value]);
}

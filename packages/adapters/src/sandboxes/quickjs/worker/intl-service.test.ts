import { expect, test } from "vitest";
import { intlService } from "./intl-service.ts";

/** Locales that V8 takes, each of them another one. */
const locales = Array.from({ length: 2000 }, (_, index) => `en-x-a${index}`);
/** One with very many parts. */
const locale = `en-u-${Array.from({ length: 2000 }, (_, index) => `a${String(index).padStart(4, "0")}`).join("-")}`;

test.each<[what: string, input: unknown[]]>([
  ["many locales", ["NumberFormat", locales, null, "format", [1]]],
  ["a long locale", ["NumberFormat", locale, null, "format", [1]]],
  ["a long locale for a date", ["Date", locale, null, "toLocaleString", [{ date: 0 }]]],
  ["long options", ["NumberFormat", "en", { unit: "a".repeat(5000) }, "format", [1]]],
  ["a long name", ["DisplayNames", "en", { type: "language" }, "of", [locale]]],
])("%s are refused: reading them is what nothing can interrupt", (_what, input) => {
  expect(intlService(input)).toEqual({ error: expect.stringContaining("longer than 4000 characters") });
});

test("the methods of dates are for dates alone", () => {
  expect(intlService(["Date", "en", null, "toLocaleString", [[1, 2]]])).toMatchObject({ isTypeError: true });
});

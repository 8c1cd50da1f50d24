type Formatter = Record<string, (...args: unknown[]) => unknown>;
type FormatterType = new (locales?: string | string[], options?: object) => object;

const types: Readonly<Record<string, FormatterType>> = {
  Collator: Intl.Collator,
  DateTimeFormat: Intl.DateTimeFormat,
  DisplayNames: Intl.DisplayNames as unknown as FormatterType,
  ListFormat: Intl.ListFormat,
  NumberFormat: Intl.NumberFormat,
  PluralRules: Intl.PluralRules,
  RelativeTimeFormat: Intl.RelativeTimeFormat,
};

const methods: ReadonlySet<string> = new Set(
  `compare format formatRange formatToParts of resolvedOptions select
   toLocaleDateString toLocaleString toLocaleTimeString`.split(/\s+/),
);

/**
 * Longest locales and options, as JSON. The time in which V8 reads locales grows with the square of their length, and
 * nothing interrupts it: not the end of the run, nor that of the thread.
 */
const maxLength = 4000;

/** Formatters are costly to make, and programs use the same few again and again. */
const cache = new Map<string, Formatter>();
const maxCached = 50;

/** Formats for the code inside: `[type, locales, options, method, args]`, answered by `{ result }` or `{ error }`. */
export function intlService(input: unknown): { result: unknown } | { error: string; isTypeError?: boolean } {
  const [type, locales, options, method, args] = input as [string, unknown, unknown, string, unknown[]];
  if (!methods.has(method)) return { error: `there is no method ${method}` };
  const values = args.map(revive);
  const key = JSON.stringify([type, locales, options]);
  // What a name is asked for is a locale, too.
  if (key.length + (method === "of" ? JSON.stringify(args).length : 0) > maxLength) {
    return { error: `its locales and options are longer than ${maxLength} characters` };
  }
  try {
    if (type === "Date") return { result: dateText(values[0], method, locales, options) };
    return { result: formatter(key, type, locales, options)[method]?.(...values) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), isTypeError: error instanceof TypeError };
  }
}

function dateText(date: unknown, method: string, locales: unknown, options: unknown): unknown {
  if (!(date instanceof Date)) throw new TypeError("this is no Date");
  return (date as unknown as Formatter)[method]?.(locales ?? undefined, options ?? undefined);
}

function formatter(key: string, type: string, locales: unknown, options: unknown): Formatter {
  const known = cache.get(key);
  if (known) return known;
  const FormatterClass = Object.hasOwn(types, type) ? types[type] : undefined;
  if (!FormatterClass) throw new Error(`there is no Intl.${type}`);
  const made = new FormatterClass(
    (locales ?? undefined) as string | undefined,
    (options ?? undefined) as object | undefined,
  );
  if (cache.size >= maxCached) cache.clear();
  cache.set(key, made as Formatter);
  return made as Formatter;
}

/** Undoes `portable` of the guest's `intl.ts`. */
function revive(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("date" in value) return new Date(Number(value.date ?? Number.NaN));
  if ("bigint" in value) return BigInt(String(value.bigint));
  if ("number" in value) return Number(value.number);
  return value;
}

import { Math, Number, String } from "./builtins.ts";
import { host, settings } from "./host.ts";
import { inspect } from "./inspect.ts";
import { toJson } from "./intrinsics.ts";

/** Bytes that the run may still print; less than 0 when nothing further is wanted. */
let left = -1;

/** Allows a new run to print. */
export function openConsole(): void {
  left = settings.maxOutputBytes;
}

/** Drops everything that is printed from now on. */
export function closeConsole(): void {
  left = -1;
}

/** Prints one line. */
export function print(text: string): void {
  if (left < 0) return;
  // One character more than fits tells the worker that something was cut.
  left = host.print(toJson(text.slice(0, left + 1)));
}

function log(...values: unknown[]): void {
  if (left >= 0) print(format(values, left + 1));
}

function format(values: readonly unknown[], budget: number): string {
  const [first, ...others] = values;
  const shown = typeof first === "string" ? [substitute(first, others, budget)] : [];
  const rest = typeof first === "string" ? others : values;
  for (const value of rest) shown.push(typeof value === "string" ? value : inspect(value, budget));
  return shown.join(" ");
}

/** Fills in `%s`, `%d` and their like, taking values from the front of the list. */
function substitute(text: string, values: unknown[], budget: number): string {
  if (values.length === 0 || !text.includes("%")) return text;
  return text.replace(/%[sdifjoOc%]/g, (mark) => {
    if (mark === "%%") return "%";
    if (values.length === 0) return mark;
    const value = values.shift();
    if (mark === "%c") return "";
    if (mark === "%s") return typeof value === "string" ? value : inspect(value, budget);
    if (mark === "%d" || mark === "%f") return String(Number(value));
    if (mark === "%i") return String(Math.trunc(Number(value)));
    return inspect(value, budget);
  });
}

function assert(condition: unknown, ...values: unknown[]): void {
  if (!condition) log("Assertion failed:", ...values);
}

/** The `console` of the sandbox: every method prints a line, whatever its level. */
export const guestConsole: object = {
  log,
  info: log,
  warn: log,
  error: log,
  debug: log,
  trace: log,
  dir: log,
  table: log,
  assert,
};

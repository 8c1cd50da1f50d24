import { Array, ArrayBuffer, Map, Number, Object, toStringTag, TypeError } from "./builtins.ts";
import { limitError } from "./errors.ts";
import { settings } from "./host.ts";
import { toJson } from "./intrinsics.ts";

const advice = "pass texts, numbers, booleans, null, arrays and plain objects";

/** Objects that JSON would silently turn into `{}`. */
const lossy: readonly [type: abstract new (...args: never[]) => object, hint: string][] = [
  [Promise, "a promise: await it first"],
  [Map, "a Map: pass Object.fromEntries(map) or [...map]"],
  [Set, "a Set: pass [...set]"],
  [Error, "an Error: pass its message"],
  [RegExp, "a RegExp: pass its source"],
  [ArrayBuffer, "an ArrayBuffer: pass [...new Uint8Array(buffer)]"],
  [WeakMap, `a WeakMap: ${advice}`],
  [WeakSet, `a WeakSet: ${advice}`],
];

/**
 * The JSON text of a value that is to leave the sandbox.
 *
 * Dates become ISO texts, and properties that are `undefined` are left out, as in `JSON.stringify`. What JSON would
 * lose without a word is refused instead.
 *
 * @param subject - What the value is, for messages: "search: argument 1".
 * @throws TypeError for what JSON cannot hold; a limit error above `maxDepth`.
 */
export function encode(value: unknown, subject: string): string | undefined {
  if (value === undefined) return undefined;
  if (value === null || typeof value === "string" || typeof value === "boolean") return toJson(value);
  const levels = new Map<unknown, number>();
  function check(this: unknown, _key: string, part: unknown): unknown {
    const problem = problemOf(part);
    if (problem !== undefined) throw new TypeError(`${subject} is or holds ${problem}`);
    if (typeof part === "object" && part !== null) {
      const level = (levels.get(this) ?? 0) + 1;
      if (level > settings.maxDepth) {
        throw limitError("maxDepth", `${subject} is nested deeper than ${settings.maxDepth} levels (maxDepth)`);
      }
      levels.set(part, level);
    }
    return part;
  }
  try {
    return toJson(value, check);
  } catch (error) {
    if (error instanceof TypeError && error.message.includes("circular")) {
      throw new TypeError(`${subject} is or holds a cycle: an object that contains itself; ${advice}`, {
        cause: error,
      });
    }
    throw error;
  }
}

/**
 * Refuses a text that is longer than a limit of bytes.
 *
 * Counts characters: the worker counts the bytes again, on a copy that is then no more than three times as long.
 */
export function checkLength(
  text: string | undefined,
  limit: "maxArgumentBytes" | "maxResultBytes",
  subject: string,
): void {
  if (text !== undefined && text.length > settings[limit]) {
    throw limitError(
      limit,
      `${subject} is ${text.length} characters of JSON, more than ${settings[limit]} bytes (${limit})`,
    );
  }
}

function problemOf(value: unknown): string | undefined {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? undefined : `${value}, which JSON cannot hold: ${advice}`;
    case "bigint":
      return "a bigint, which JSON cannot hold: pass Number(value) or String(value)";
    case "function":
      return `a function, which cannot leave the sandbox: ${advice}`;
    case "symbol":
      return `a symbol, which JSON cannot hold: ${advice}`;
    case "object":
      if (value === null || Array.isArray(value)) return undefined;
      if (ArrayBuffer.isView(value)) return "a typed array or DataView: pass [...bytes]";
      return lossy.find(([type]) => value instanceof type)?.[1] ?? hiddenProblem(value);
    default:
      return undefined;
  }
}

/** What of the web globals shows nothing of itself, by the tag that tells its class. */
const hidden: Readonly<Record<string, string>> = {
  Blob: "a Blob: pass await blob.text()",
  File: "a File: pass await file.text()",
  FormData: "FormData: pass Object.fromEntries(form)",
  Headers: "Headers: pass Object.fromEntries(headers)",
  URLSearchParams: "URLSearchParams: pass Object.fromEntries(params)",
};

function hiddenProblem(value: object): string | undefined {
  const tag = (value as { [toStringTag]?: unknown })[toStringTag];
  return typeof tag === "string" && Object.hasOwn(hidden, tag) ? hidden[tag] : undefined;
}

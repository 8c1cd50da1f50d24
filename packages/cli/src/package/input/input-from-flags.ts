import type { JsonSchema, ObjectSchema } from "@smoltools/core";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { flagPlace } from "./flag-place.ts";
import { flagValue, wanted } from "./flag-value.ts";
import { accepts, itemSchema } from "./schema-view.ts";

/** Most positions of a list that are named one by one. */
const maxPosition = 1000;

type Container = Record<string, unknown> | unknown[];

/**
 * The input of a tool from flags such as `--city Oslo --days=3 --tags a --tags b --options.limit 5 --no-cache`.
 *
 * A list is given by repeating its flag or as JSON, an object by dots or as JSON. A boolean needs no value.
 *
 * @param start - What flags are put over: a member by dots leaves the other members, a list takes the place of the list.
 * @throws UsageError for a flag that the tool does not have, or a value that cannot be read.
 */
export function inputFromFlags(
  flags: readonly string[],
  schema: ObjectSchema,
  start: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const input: Record<string, unknown> = structuredClone(start);
  const given = new Set<string>();
  for (let index = 0; index < flags.length; index++) {
    const flag = flags[index] ?? "";
    if (!/^--[^-=]/.test(flag)) {
      throw new UsageError(`${JSON.stringify(flag)} belongs to no argument: name the argument, as in --name value`);
    }
    const [name = "", inline] = flag.slice(2).split(/=(.*)/s);
    const place = flagPlace(name, schema);
    const next = flags[index + 1];
    const isList = accepts(place.schema, "array", schema) && !accepts(place.schema, "string", schema);
    const key = place.path.join(".");
    const before = given.has(key) ? listAt(input, place.path) : [];
    if (given.has(key) && !isList) throw new UsageError(`--${name} is given twice`);
    given.add(key);
    if (place.negated) {
      if (inline !== undefined) throw new UsageError(`--${name} takes no value`);
      assign(input, place.path, false);
      continue;
    }
    const isSwitch = accepts(place.schema, "boolean", schema) && !accepts(place.schema, "string", schema);
    const takesNext = next !== undefined && !next.startsWith("--") && (!isSwitch || /^(?:true|false)$/.test(next));
    const text = inline ?? (takesNext ? flags[++index] : undefined);
    if (text === undefined && !accepts(place.schema, "boolean", schema)) {
      throw new UsageError(`--${name} needs a value: ${wanted(place.schema, schema)}`);
    }
    if (text === undefined) assign(input, place.path, true);
    else if (isList)
      assign(input, place.path, [...before, ...listValues(`--${name}`, text, place.schema, schema, before.length)]);
    else assign(input, place.path, flagValue(`--${name}`, text, place.schema, schema));
  }
  return input;
}

/** What one flag adds to a list: one item, or all of a JSON array. */
function listValues(
  flag: string,
  text: string,
  schema: JsonSchema,
  root: ObjectSchema,
  index: number,
): readonly unknown[] {
  if (text.trim().startsWith("[")) {
    try {
      const value: unknown = JSON.parse(text);
      if (Array.isArray(value)) return value;
    } catch {
      // An item that begins with a bracket.
    }
  }
  return [flagValue(flag, text, itemSchema(schema, index, root), root)];
}

type FlagPath = readonly (string | number)[];

function listAt(input: Container, path: FlagPath): readonly unknown[] {
  let value: unknown = input;
  for (const key of path) value = isContainer(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
  return Array.isArray(value) ? value : [];
}

function assign(input: Container, path: FlagPath, value: unknown): void {
  let container: Container = input;
  for (const [index, key] of path.entries()) {
    if (typeof key === "number" && key > maxPosition)
      throw new UsageError(`Position ${key} of a list is too far: use JSON`);
    if (index === path.length - 1) return define(container, key, value);
    const below: unknown = Object.hasOwn(container, key) ? Reflect.get(container, key) : undefined;
    const next: Container = isContainer(below) ? below : typeof path[index + 1] === "number" ? [] : {};
    define(container, key, next);
    container = next;
  }
}

/** Also for a property called `__proto__`, which an assignment would take for something else. */
function define(container: Container, key: string | number, value: unknown): void {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

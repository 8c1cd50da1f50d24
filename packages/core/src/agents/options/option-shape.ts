import { configError } from "../agent-error.ts";

/** Refuses a value that an option cannot have. */
export type OptionCheck = (value: unknown, name: string) => void;

/** What each option has to be. */
export type OptionShape<Options> = { readonly [Name in keyof Required<Options>]: OptionCheck };

/**
 * Checks the options that a caller gave: an option that does not exist is a mistake that would otherwise be found late,
 * or never.
 *
 * @param what - Whose options they are, for the error.
 * @param required - Options that must be there. TypeScript sees to it; JavaScript would fail without a word of which.
 * @throws AgentError `AGENT_CONFIG` that names the option.
 */
export function checkShape<Options extends object>(
  what: string,
  options: Options,
  shape: OptionShape<Options>,
  required: readonly (keyof Options & string)[] = [],
  path = "",
): void {
  if (!isObject(options)) throw configError(`${what}: the options must be an object, and are ${shown(options)}`);
  const checks = new Map<string, OptionCheck>(Object.entries(shape));
  for (const name of required) if (options[name] === undefined) checks.get(name)?.(undefined, path + name);
  for (const [name, value] of Object.entries(options)) {
    const check = checks.get(name);
    if (!check) {
      throw configError(`${what}: there is no option "${name}". There are ${[...checks.keys()].join(", ")}`);
    }
    if (value !== undefined) check(value, path + name);
  }
}

/** A check by a condition. */
export function must(be: string, condition: (value: unknown) => boolean): OptionCheck {
  return (value, name) => {
    if (!condition(value)) throw configError(`${name} is ${shown(value)}: it must be ${be}`);
  };
}

export const mustBeText: OptionCheck = must("a text", (value) => typeof value === "string");
export const mustBeTrueOrFalse: OptionCheck = must("true or false", (value) => typeof value === "boolean");
export const mustBeNumber: OptionCheck = must("a number", (value) => typeof value === "number" && !Number.isNaN(value));
export const mustBeFunction: OptionCheck = must("a function", (value) => typeof value === "function");
export const mustBeObject: OptionCheck = must("an object", isObject);
const mustBeList: OptionCheck = must("a list", Array.isArray);

/** For whole numbers from the least one. */
export function mustBeCount(least = 1): OptionCheck {
  return must(`a whole number, ${least} or more`, (value) => Number.isSafeInteger(value) && Number(value) >= least);
}

/** For numbers above a limit. */
export function mustBeAbove(limit: number): OptionCheck {
  return must(`a number above ${limit}`, (value) => typeof value === "number" && value > limit);
}

/** For lists whose items pass a check. */
export function mustBeListOf(check: OptionCheck): OptionCheck {
  return (value, name) => {
    mustBeList(value, name);
    for (const [index, item] of (value as unknown[]).entries()) check(item, `${name}[${index}]`);
  };
}

/** For objects of options of their own. */
export function mustHaveShape<Options extends object>(
  shape: OptionShape<Options>,
  required: readonly (keyof Options & string)[] = [],
): OptionCheck {
  return (value, name) => {
    mustBeObject(value, name);
    checkShape(name, value as Options, shape, required, `${name}.`);
  };
}

/** For values that pass the first check, or the second. */
export function mustBeEither(be: string, ...checks: readonly OptionCheck[]): OptionCheck {
  return must(be, (value) =>
    checks.some((check) => {
      try {
        check(value, "");
        return true;
      } catch {
        return false;
      }
    }),
  );
}

/** For values that are checked elsewhere. */
export const mayBeAnything: OptionCheck = () => undefined;

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

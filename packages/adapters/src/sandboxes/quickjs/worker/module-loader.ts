import { GuestMemoryError } from "./guest-values.ts";
import type { QuickJsInstance } from "./quickjs-instance.ts";

const guestPrefix = "guest:";
const modulePrefix = "module:";

/**
 * Lets an engine import its own modules by relative path from each other, and the given modules by specifier from
 * everywhere else. Nothing else can be imported.
 */
export function setModules(
  { runtime, hasMemory }: QuickJsInstance,
  guestSources: ReadonlyMap<string, string>,
  modules: Readonly<Record<string, string>>,
): void {
  const known = new Map(Object.entries(modules));
  runtime.setModuleLoader(
    (name) => {
      const isGuest = name.startsWith(guestPrefix);
      const shortName = name.slice(isGuest ? guestPrefix.length : modulePrefix.length);
      const source = (isGuest ? guestSources : known).get(shortName);
      if (source === undefined) return { error: new Error(refusal(shortName, [...known.keys()])) };
      // Copied as UTF-8, without a look at whether there is room.
      return hasMemory(3 * source.length + 1) ? source : { error: new GuestMemoryError() };
    },
    (from, specifier) => {
      const relative = /^\.\/([\w-]+)\.[jt]s$/.exec(specifier)?.[1];
      if (from.startsWith(guestPrefix) && relative !== undefined) return guestPrefix + relative;
      return modulePrefix + specifier;
    },
  );
}

/** Name of a guest module for the engine. */
export function guestModuleName(name: string): string {
  return guestPrefix + name;
}

function refusal(specifier: string, known: readonly string[]): string {
  const names =
    known.length === 0 ? "there are none here" : `here there ${known.length === 1 ? "is" : "are"} ${known.join(", ")}`;
  return `cannot import "${specifier}": only modules that were given to the sandbox can be imported, ${names}`;
}

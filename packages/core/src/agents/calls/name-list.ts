import { start } from "../report/excerpt.ts";

/** Most names that an error lists. */
const maxNames = 20;
/** Longest name that an error quotes, in characters. */
const maxCharacters = 100;

/** A name that a model made up, as errors quote it. */
export function quotedName(name: string): string {
  return start(name, maxCharacters);
}

/** Names as an error lists them. */
export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, maxNames).map(quotedName).join(", ");
  const left = names.length - maxNames;
  return left > 0 ? `${shown}, and ${left} more` : shown;
}

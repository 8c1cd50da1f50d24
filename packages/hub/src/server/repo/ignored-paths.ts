import { HubServerError } from "../hub-server-error.ts";
import { IgnoreRules } from "./ignore-rules.ts";

/** Longest text of rules that is looked at, in characters. */
export const maxRulesLength: number = 64 * 1024;

/** Most steps of one search: those of a long `.gitignore` and a large commit, and a fraction of a second. */
const maxSteps = 20_000_000;

/**
 * Finds the paths that a `.gitignore` at the root of a repo leaves out.
 *
 * @param rules - Its text.
 * @param paths - Paths of files, relative to the root.
 * @throws HubServerError `HUB_BAD_REQUEST` for rules that are too long, or take too long.
 */
export function ignoredPaths(rules: string, paths: readonly string[]): Set<string> {
  if (rules.length > maxRulesLength) throw tooMuch(`it is longer than ${maxRulesLength} characters`);
  if (rules.trim() === "") return new Set();
  const parsed = new IgnoreRules(rules);
  let steps = 0;
  const work = {
    step: () => {
      if (++steps > maxSteps) throw tooMuch("its rules take too long for so many files: send fewer at a time");
    },
  };
  return new Set(paths.filter((path) => parsed.ignores(path, work)));
}

function tooMuch(problem: string): HubServerError {
  return new HubServerError("HUB_BAD_REQUEST", `The .gitignore cannot be followed: ${problem}.`);
}

import type { Allowance } from "./push-options.ts";

/** Longest reason, in characters. */
const maxReasonLength = 500;

/** Most overrides of one version: more of them say that the number is wrong. */
const maxOverrides = 15;

/** Checks reasons for overrides, before they become part of a commit. */
export function checkAllowances(allow: Readonly<Record<string, string>>): void {
  const overrides = Object.entries(allow);
  if (overrides.length > maxOverrides) throw new RangeError(`More than ${maxOverrides} rules are overridden`);
  for (const [rule, reason] of overrides) {
    if (!/^[a-z][a-z0-9-]{0,63}$/.test(rule)) throw new RangeError(`${JSON.stringify(rule)} is not the id of a rule`);
    if (reason.trim() === "" || reason.length > maxReasonLength || /\p{Cc}/u.test(reason)) {
      throw new RangeError(`The reason for ${rule} has to be one line of 1 to ${maxReasonLength} characters`);
    }
  }
}

/** Overrides for the text of a commit or tag; empty where there are none. */
export function allowancesText(allowed: readonly Allowance[]): string {
  return allowed.map(({ rule, reason }) => `\n\nAllowed ${rule}: ${reason}`).join("");
}

import type { Place } from "../engine/port.ts";
import type { ProblemList } from "../problems/problem-list.ts";
import { intendedTag } from "./tag-names.ts";

/** Tags that resemble ours are refused, so that a slip of the pen is not a lost constraint; others are not ours. */
export function refuseMistakenTag(name: string, place: Place, problems: ProblemList): void {
  const intended = intendedTag(name);
  if (intended) problems.refuse("E_TAG", place, `There is no tag @${name}.`, `write @${intended}`);
}

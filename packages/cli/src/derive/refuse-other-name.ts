import type { FunctionDoc } from "./jsdoc/function-doc.ts";
import type { ProblemList } from "./problems/problem-list.ts";

/** Refuses a `@name` that is not the tool's: whoever writes it means to name the tool, and it would not be called so. */
export function refuseOtherName(
  { name }: Pick<FunctionDoc, "name">,
  tool: string,
  problems: ProblemList,
  fix: string,
): void {
  if (name === undefined || name.text === tool) return;
  problems.refuse("E_TAG", name.place, `@name does not name a tool: this one is called "${tool}".`, fix);
}

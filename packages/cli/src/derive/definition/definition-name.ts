import { toolNameProblem } from "@smoltools/core";
import type { DefinitionView } from "../engine/port.ts";
import type { ProblemList } from "../problems/problem-list.ts";

/** The name of a definition: the literal `toolName` or `name`, else for a class its own. */
export function definitionName(view: DefinitionView, problems: ProblemList): string {
  const { members, className, exportName } = view;
  const member = members.get("toolName") ?? members.get("name");
  const place = member?.initial?.place ?? member?.place ?? view.place;
  const value = member ? member.initial?.value : className;
  if (typeof value !== "string") {
    const message = member
      ? `The name of "${exportName}" is no text that can be read without running it.`
      : `"${exportName}" has no name.`;
    problems.refuse("E_NAME", place, message, 'write it as a literal: name: "forecast"');
    return exportName;
  }
  // An agent's final answer is declared like a tool, though no other tool may have its name.
  const wrong = value === "finalAnswer" ? undefined : toolNameProblem(value);
  if (wrong !== undefined)
    problems.refuse("E_NAME", place, `"${value}" cannot be a tool: ${wrong}.`, "name it otherwise");
  return value;
}

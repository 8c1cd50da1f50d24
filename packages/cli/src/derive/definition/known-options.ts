import type { AnySchema, ObjectSchema, ToolOptions } from "@smoltools/core";
import type { DefinitionView } from "../engine/port.ts";
import type { ProblemList } from "../problems/problem-list.ts";

/** What `tool()` of smoltools takes; it refuses everything else when it is called. */
const options: Readonly<Record<keyof ToolOptions<ObjectSchema, AnySchema>, true>> = {
  name: true,
  description: true,
  input: true,
  output: true,
  annotations: true,
  origin: true,
  execute: true,
  setup: true,
};

const instead: ReadonlyMap<string, string> = new Map([
  ["permissions", "write @permission net api.example.com into the comment above the tool"],
  ["inputSchema", "write input"],
  ["parameters", "write input"],
  ["outputSchema", "write output"],
  ["run", "write execute"],
  ["forward", "write execute"],
  ["frozen", "leave it out: it is for definitions that smoltools convert writes"],
]);

/** Refuses what our own `tool()` would refuse, where the author still sees it. */
export function refuseUnknownOptions({ isOurs, on, className, members }: DefinitionView, problems: ProblemList): void {
  // Classes may have what members they like.
  if (!isOurs || on === "class" || className !== undefined) return;
  for (const [name, { place }] of members) {
    if (Object.hasOwn(options, name)) continue;
    const fix = instead.get(name) ?? `leave it out: the options are ${Object.keys(options).join(", ")}`;
    problems.refuse("E_UNSUPPORTED", place, `tool() of smoltools has no option "${name}".`, fix);
  }
}

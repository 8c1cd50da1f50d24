import { deriveDefinition } from "./derive-definition.ts";
import { deriveFunction } from "./derive-function.ts";
import type { DerivedTool, DeriveResult } from "./derived-tool.ts";
import type { ExportView, ModuleView } from "./engine/port.ts";
import { ProblemList } from "./problems/problem-list.ts";

/** Derives every function that a file exports, and finds all of its problems. */
export function deriveModule(module: ModuleView): DeriveResult {
  const problems = new ProblemList();
  for (const { place, message } of module.syntaxErrors) {
    problems.refuse("E_SYNTAX", place, message, "");
  }
  for (const { place, from } of module.lostExports) {
    const message = `Nothing is known of "${from}": it cannot be found, or has no types.`;
    problems.refuse("E_ANY", place, message, "install it, or its types, or write the function here");
  }
  const tools = new Map<string, DerivedTool>();
  // What a broken text exports is anybody's guess.
  for (const view of module.syntaxErrors.length === 0 ? module.exports : []) {
    const tool = deriveExport(view, module, problems);
    if (!tool) continue;
    const other = tools.get(tool.name);
    if (other) refuseSameName(tool, other, view, problems);
    else tools.set(tool.name, tool);
  }
  return { tools: [...tools.values()], problems: problems.problems, warnings: problems.warnings };
}

function deriveExport(view: ExportView, { readCalls }: ModuleView, problems: ProblemList): DerivedTool | undefined {
  if (view.kind === "function") return deriveFunction(view.function, readCalls, problems);
  if (view.kind === "definition") return deriveDefinition(view.definition, readCalls, problems);
  const message = "A function that is the default export has no name for a tool.";
  problems.refuse("E_UNSUPPORTED", view.place, message, "export it by name: export async function name(…)");
  return undefined;
}

function refuseSameName(tool: DerivedTool, other: DerivedTool, view: ExportView, problems: ProblemList): void {
  const { place } = view.kind === "function" ? view.function : view.kind === "definition" ? view.definition : view;
  const message = `"${tool.exportName}" is the tool "${tool.name}", and so is "${other.exportName}".`;
  problems.refuse("E_NAME", place, message, "give each tool a name of its own");
}

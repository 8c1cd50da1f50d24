import { deriveFunction } from "./derive-function.ts";
import type { DerivedTool, DeriveResult } from "./derived-tool.ts";
import type { ExportView, ModuleView } from "./engine/port.ts";
import { ProblemList } from "./problems/problem-list.ts";

/** Derives every function that a file exports, and finds all of its problems. */
export function deriveModule(module: ModuleView): DeriveResult {
  const problems = new ProblemList();
  for (const { place, message } of module.syntaxErrors) {
    problems.refuse("E_SYNTAX", place, message, "mend the syntax");
  }
  const tools: DerivedTool[] = [];
  // What a broken text exports is anybody's guess.
  for (const view of module.syntaxErrors.length === 0 ? module.exports : []) {
    if (view.kind !== "function") refuseExport(view, problems);
    else {
      const tool = deriveFunction(view.function, problems);
      if (tool) tools.push(tool);
    }
  }
  return { tools, problems: problems.problems, warnings: problems.warnings };
}

function refuseExport(view: Exclude<ExportView, { kind: "function" }>, problems: ProblemList): void {
  const { kind, name, place } = view;
  if (kind === "default") {
    const message = "A function that is the default export has no name for a tool.";
    problems.refuse("E_UNSUPPORTED", place, message, "export it by name: export async function name(…)");
    return;
  }
  const what = kind === "tool class" ? "a class" : "made with tool()";
  const message = `"${name}" is ${what}: schemas are derived from exported functions only.`;
  problems.refuse("E_UNSUPPORTED", place, message, `export a function: export async function ${name}(…)`);
}

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { deriveFunction } from "../../packages/cli/src/derive/derive-function.ts";
import type { DerivedTool } from "../../packages/cli/src/derive/derived-tool.ts";
import type { ModuleView } from "../../packages/cli/src/derive/engine/port.ts";
import { readSource } from "../../packages/cli/src/derive/engine/read-source.ts";
import type { Problem } from "../../packages/cli/src/derive/problems/problem.ts";
import { ProblemList } from "../../packages/cli/src/derive/problems/problem-list.ts";
import { describedModule } from "./described-module.ts";
import { installedFile } from "./installed-file.ts";
import type { DerivedPackage } from "./packages.ts";

/** What came of a function. */
export interface FunctionResult {
  name: string;
  /** With the comments of its authors alone. */
  asItIs: DerivedTool | undefined;
  /** With descriptions where its authors wrote none. */
  described: DerivedTool | undefined;
  /** What is wrong besides missing descriptions. */
  problems: Problem[];
}

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Derives every function that a package exports. */
export async function derivePackage(derived: DerivedPackage): Promise<FunctionResult[]> {
  const path = resolve(folder, "source.ts").replaceAll("\\", "/");
  return readSource(path, {
    texts: new Map([[path, sourceOf(derived)]]),
    library: "auto",
    use: deriveAll,
    isDoubtful: (results) => results.some(({ problems }) => problems.some(isDoubtful)),
  });
}

function sourceOf({ name, typesFrom, source, isNamespace }: DerivedPackage): string {
  const from = JSON.stringify(name);
  if (!isNamespace) return source ?? `export * from ${from};`;
  const declarations = installedFile(typesFrom ?? name, "index.d.ts");
  const functions = declarations.matchAll(/^\s+(?:export )?function (\w+)/gm);
  return `export { ${[...new Set([...functions].map(([, one]) => one))].join(", ")} } from ${from};`;
}

function isDoubtful({ code }: Problem): boolean {
  return code === "E_ANY" || code === "E_NO_RETURN";
}

function deriveAll(module: ModuleView): FunctionResult[] {
  const described = describedModule(module);
  return module.exports.flatMap((view, index) => {
    const twin = described.exports[index];
    if (view.kind !== "function" || twin?.kind !== "function") return [];
    const problems = new ProblemList();
    return {
      name: view.function.exportName,
      asItIs: deriveFunction(view.function, module.readCalls, new ProblemList()),
      described: deriveFunction(twin.function, module.readCalls, problems),
      problems: problems.problems,
    };
  });
}

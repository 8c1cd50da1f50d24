import { relative, resolve } from "node:path";
import { toolNameProblem } from "@smoltools/core";
import type { ExportForm } from "./module-report.ts";
import type { ModuleTarget } from "./module-target.ts";

/** What the file of definitions calls things itself. */
const ownNames: ReadonlySet<string> = new Set(["call", "langchainTools", "tool"]);

/**
 * The statements that import a module of LangChain, and make what is called of its export.
 *
 * @param found - Names of exports may be any text: the module says them.
 * @param code - What a class or a function is given, as JavaScript.
 * @param folder - That of the project.
 */
export function importLines(
  { specifier, file }: ModuleTarget,
  { exportName, form }: { exportName: string; form: ExportForm },
  code: string,
  folder: string,
): string[] {
  const from = file === undefined ? specifier : importPath(relative(resolve(folder, "src"), file));
  const isFree = toolNameProblem(exportName) === undefined && !ownNames.has(exportName);
  const local = isFree ? exportName : "source";
  const imported = /^[A-Za-z_$][\w$]*$/.test(exportName) ? exportName : JSON.stringify(exportName);
  const names = isFree ? exportName : `${imported} as source`;
  const made: Readonly<Record<ExportForm, string>> = {
    value: local,
    class: `new ${local}(${code})`,
    function: `${local}(${code})`,
  };
  return [
    `import { ${names} } from ${JSON.stringify(from)};`,
    'import { langchainTools } from "./langchain-client.js";',
    "",
    "/** Calls a tool by its name in LangChain. */",
    `const call = langchainTools(() => ${made[form]});`,
  ];
}

/** A file beside the definitions is named as such: without a dot in front it would be a package. */
function importPath(path: string): string {
  const name = path.replaceAll("\\", "/");
  return /^(?:\.{1,2}\/|\/|[A-Za-z]:\/)/.test(name) ? name : `./${name}`;
}

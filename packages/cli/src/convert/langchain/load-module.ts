// Runs in a process of its own: it loads a module of somebody's, which may do anything.

import { register } from "node:module";
import { pathToFileURL } from "node:url";
import { type LangChainTool, toolsFromLangchain } from "@smoltools/adapters/langchain";
import { toolsOfExport } from "@smoltools/adapters/langchain/client";
import { errorMessage } from "@smoltools/core";
import type { DeclaredTool, ExportForm, ModuleQuestion, ModuleReport } from "./module-report.ts";

/**
 * Finds LangChain for the adapters where the module finds it, else where the command is run, else beside themselves; for
 * all others where they find it, else in the same places.
 */
const resolution = `
let places, adapters;
export const initialize = (data) => { ({ places, adapters } = data); };
export async function resolve(specifier, context, next) {
  if (!specifier.startsWith("@langchain/core")) return next(specifier, context);
  const own = context.parentURL;
  for (const parentURL of own?.startsWith(adapters) ? places : [own, ...places]) {
    try { return await next(specifier, { ...context, parentURL }); } catch {}
  }
  return next(specifier, context);
}`;

process.once("message", (question: ModuleQuestion) => {
  const places = [pathToFileURL(question.resolved), pathToFileURL(`${process.cwd()}/`)].map(({ href }) => href);
  const adapters = new URL("..", import.meta.resolve("@smoltools/adapters/langchain")).href;
  register(`data:text/javascript,${encodeURIComponent(resolution)}`, { data: { places, adapters } });
  void report(question)
    .catch((error: unknown): ModuleReport => ({ kind: "failed", message: errorMessage(error) }))
    .then((answer) => process.send?.(answer, undefined, undefined, () => process.exit(0)));
});

async function report({ path, exportName, values }: ModuleQuestion): Promise<ModuleReport> {
  const { module } = (await import(pathToFileURL(path).href)) as { module: Readonly<Record<string, unknown>> };
  const chosen = exportName ?? onlyExport(module);
  if (chosen === undefined || !(chosen in module)) return { kind: "unclear", exportNames: candidates(module) };
  const { form, value } = await valueOf(module[chosen], values);
  const originals = toolsOfExport(value);
  const unusable: string[] = [];
  const tools: DeclaredTool[] = [];
  const names = new Map<string, string>();
  for (const original of originals) {
    // The same tool, by what is called of it and by what LangChain's types say of it.
    const made = await toolsFromLangchain([original as unknown as LangChainTool], {
      onUnusable: ({ message }) => unusable.push(message),
    });
    for (const { name, description, inputSchema, outputSchema, annotations } of made) {
      const other = names.get(name);
      if (other !== undefined) {
        unusable.push(`${other} and ${original.name} would both be called ${name}: the second one is left out`);
        continue;
      }
      names.set(name, original.name);
      tools.push({
        original: original.name,
        name,
        description,
        inputSchema,
        ...(outputSchema !== undefined && { outputSchema }),
        ...(annotations && { annotations }),
      });
    }
  }
  return { kind: "tools", exportName: chosen, form, tools, unusable };
}

/** An export as it is, an instance of it, or what it makes. */
async function valueOf(found: unknown, values: readonly unknown[]): Promise<{ form: ExportForm; value: unknown }> {
  if (typeof found !== "function") return { form: "value", value: await found };
  const isClass = /^class\b/.test(Function.prototype.toString.call(found));
  if (isClass) return { form: "class", value: Reflect.construct(found, [...values]) };
  const make = found as (...args: unknown[]) => unknown;
  return { form: "function", value: await make(...values) };
}

function onlyExport(module: Readonly<Record<string, unknown>>): string | undefined {
  const [first, ...more] = candidates(module);
  return more.length === 0 ? first : undefined;
}

/** The exports that can be tools: those that are, else the classes. */
function candidates(module: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(module);
  const values = names.filter((name) => toolsOfExport(module[name]).length > 0);
  if (values.length > 0) return values;
  return names.filter((name) => {
    const found = module[name];
    return (
      typeof found === "function" && typeof (found.prototype as { invoke?: unknown } | undefined)?.invoke === "function"
    );
  });
}

import { toolNameProblem } from "@smoltools/core";
import type { ManifestSource } from "@smoltools/hub";
import { didYouMean } from "../../cli/line/suggest.ts";
import { nameSlug } from "../../project/project-name.ts";
import { chooseTools } from "../source/choose-tools.ts";
import { clientModule } from "../source/client-module.ts";
import type { Conversion, ConvertedTool } from "../conversion.ts";
import { ConvertError } from "../convert-error.ts";
import type { ConvertOptions } from "../convert-options.ts";
import { askModule } from "./ask-module.ts";
import { constructorArguments } from "./constructor-arguments.ts";
import { importLines } from "./import-lines.ts";
import { loadableModule } from "./loadable-module.ts";
import type { DeclaredTool, ModuleReport } from "./module-report.ts";
import { type ModuleTarget, moduleTarget } from "./module-target.ts";
import { type NpmPackage, packageOf } from "./package-of.ts";

/** What is said of a module, beside which it is. */
export interface LangchainConvertOptions extends ConvertOptions {
  /** JSON of what a class, or a function that makes tools, is given. */
  options?: string;
}

type FoundTools = Extract<ModuleReport, { kind: "tools" }>;

/**
 * Reads a tool of LangChain, a list of them or a toolkit, which a module exports. The module is run, in a process of its
 * own, with the rights of whoever converts it.
 *
 * @param module - A file or a package, and `#name` for one of its exports.
 * @throws ConvertError `CONVERT_SOURCE_UNREACHABLE`, `CONVERT_SOURCE_INVALID`, `CONVERT_TOOL_UNKNOWN`, `CONVERT_NO_TOOLS`;
 *   UsageError.
 */
export async function convertLangchain(module: string, options: LangchainConvertOptions): Promise<Conversion> {
  const target = moduleTarget(module);
  const args = constructorArguments(options.options, options.environment);
  await using loadable = await loadableModule(target);
  options.onProgress?.("loading it");
  const { specifier, exportName } = target;
  const { path, resolved } = loadable;
  const report = await askModule({ path, resolved, exportName, values: args.values }, options);
  const found = checked(target, report);
  const chosen = chooseTools(
    specifier,
    found.tools.map(({ original }) => original),
    options.tools,
  );
  const tools = found.tools.filter(({ original }) => chosen.includes(original));
  const npm = target.file === undefined ? await packageOf(resolved) : undefined;
  const [first] = tools;
  return {
    suggestedName: nameSlug(first && tools.length === 1 ? first.name : found.exportName),
    description: (tools.length === 1 ? first?.description : undefined) ?? `Tools of ${found.exportName}.`,
    source: sourceOf(target, found.exportName, npm),
    tools: tools.map(convertedTool),
    permissions: { net: [], env: [...new Set([...options.env, ...args.env])].sort(), run: [] },
    modules: {
      "langchain-client.js": await clientModule("langchain/client", ["langchainTools"], "Calls tools of LangChain."),
    },
    imports: (folder) => importLines(target, found, args.code, folder),
    ...(npm && { dependencies: { [npm.name]: npm.version } }),
    needs: [...new Set([...options.env, ...args.env])].map((name) => `\`${name}\` in the environment`),
    warnings: [
      ...found.unusable,
      "Which hosts it sends requests to is not known: write them into src/tools.js, as in permissions: " +
        '["net api.example.com"]. Without them it sends none',
    ],
  };
}

function convertedTool({ original, ...declared }: DeclaredTool): ConvertedTool {
  return { ...declared, body: `return call(${JSON.stringify(original)}, input, { signal });` };
}

function checked({ specifier, exportName }: ModuleTarget, report: ModuleReport): FoundTools {
  const data = { source: specifier };
  if (report.kind === "failed") {
    throw new ConvertError(
      `${specifier} cannot be loaded: ${report.message}\nIs everything that it imports installed here, and does ` +
        "--options give its constructor what it wants?",
      { code: "CONVERT_SOURCE_INVALID", data },
    );
  }
  if (report.kind === "unclear") {
    const names = report.exportNames;
    const there =
      names.length === 0 ? "It exports no tool of LangChain" : `Its tools are ${names.slice(0, 20).join(", ")}`;
    const what =
      exportName === undefined
        ? `does not say by itself what is meant: write ${specifier}#name`
        : `has no export ${exportName}.${didYouMean(exportName, names)}`;
    throw new ConvertError(`${specifier} ${what} ${there}`, { code: "CONVERT_SOURCE_INVALID", data });
  }
  // The module runs in the process that says this. Names become code, and are nothing but names.
  const wrong = report.tools.map(({ name }) => toolNameProblem(name)).find((problem) => problem !== undefined);
  if (wrong !== undefined) {
    throw new ConvertError(`${specifier} gives a tool that cannot be used: ${wrong}`, {
      code: "CONVERT_SOURCE_INVALID",
      data,
    });
  }
  if (report.tools.length > 0) return report;
  const why =
    report.unusable.length > 0 ? `:\n${report.unusable.join("\n")}` : ": it is no tool, list of tools or toolkit";
  throw new ConvertError(`${specifier}#${report.exportName} gives no tool of LangChain that can be used${why}`, {
    code: "CONVERT_NO_TOOLS",
    data,
  });
}

function sourceOf({ specifier, file }: ModuleTarget, name: string, npm: NpmPackage | undefined): ManifestSource {
  // Where a file lies on this machine is nobody's business.
  const module = file === undefined ? specifier : `./${file.split(/[/\\]/).at(-1) ?? ""}`;
  return { kind: "langchain", module, export: name, ...(npm && { package: npm }) };
}

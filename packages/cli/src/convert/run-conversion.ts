import { basename, relative, resolve } from "node:path";
import {
  leastVersion,
  type ManifestSource,
  packageLimits,
  permissionProblem,
  sourceProblem,
  sourceText,
} from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { listOption, textOption } from "../cli/line/option-values.ts";
import { printable } from "../cli/output/printable.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { version as smoltools } from "../cli/version.ts";
import { readProjectFolder } from "../project/project-files.ts";
import { showFindings } from "../package/show-changes.ts";
import { TimeLimit } from "../cli/time-limit.ts";
import { ProjectError } from "../project/project-error.ts";
import { projectName } from "../project/project-name.ts";
import { keptFiles } from "../project/template.ts";
import { writeNewFiles } from "../project/write-new-files.ts";
import { compareDeclarations } from "./project/compare-declarations.ts";
import type { Conversion } from "./conversion.ts";
import { ConvertError } from "./convert-error.ts";
import type { ConvertOptions } from "./convert-options.ts";
import { type ConvertedFolder, readConvertedFolder } from "./project/converted-folder.ts";
import { convertedProject, type ProjectChoices } from "./project/converted-project.ts";
import { replaceFiles } from "./project/replace-files.ts";
import { planUpdate } from "./project/update-project.ts";

/** Time for reading a source, in seconds, where nobody says another. */
const defaultTimeout = "60";

/** Reads one kind of source. */
export interface SourceReader {
  kind: ManifestSource["kind"];
  /** What is read, for people. */
  title: string;
  /** Options, beside `tools` and `env`, that decide what is taken. */
  options: readonly string[];
  /** The source is given the values of the variables of `env` when it is read: as a token, or to start it with. */
  takesVariables?: true;
  /** @param choices - The command's options, or those of the first time where it is an update that says nothing else. */
  read: (options: ConvertOptions, choices: ProjectChoices["convertedWith"]) => Promise<Conversion>;
}

/** Does what all commands of `smoltools convert` do: reads a source, and writes a project of it or brings one up to date. */
export async function runConversion(context: CommandContext, reader: SourceReader): Promise<void> {
  const { values, prompts, out } = context;
  if (values["update"] === true) {
    const folder = resolve(textOption(context, "out") ?? ".");
    const { convertedWith } = await readConvertedFolder(folder, reader.kind);
    const given = givenChoices(context, reader);
    if (reader.takesVariables && given["env"] === undefined) await allowVariables(context, reader, convertedWith);
    const choices = { ...convertedWith, ...given };
    const conversion = await read(context, reader, choices);
    // Reading a source takes a while, in which somebody may have edited the project.
    return update(context, await readConvertedFolder(folder, reader.kind), conversion, choices);
  }
  // Said before a source is read, or run, for nothing.
  if (values["name"] === undefined && values["yes"] !== true && !prompts) await projectName(context, "");
  await refuseConverted(textOption(context, "out"), reader.kind);
  const choices = givenChoices(context, reader);
  const conversion = await read(context, reader, choices);
  const name = await projectName(context, `me/${conversion.suggestedName}`);
  const folder = resolve(textOption(context, "out") ?? basename(name));
  const files = convertedProject(conversion, {
    name,
    folder,
    version: versionOption(context),
    license: textOption(context, "license"),
    convertedWith: choices,
    smoltools,
  });
  const written = await writeNewFiles(folder, files, keptFiles, context.signal);
  const shown = shownPath(folder);
  for (const path of written) out.line(`${out.style("green", "+")} ${path}`);
  const install = Object.keys(conversion.dependencies ?? {}).length > 0 ? ["npm install"] : [];
  const next = [`cd ${shown}`, ...install, "smoltools check", `smoltools push src/tools.js ${name}`];
  out.line();
  out.line(`${out.style("green", "made")} ${name} in ${shown}, of ${printable(sourceText(conversion.source))}. Next:`);
  for (const command of next) out.line(`  ${command}`);
  out.result({ ...described(conversion), folder: shown, name, files: written, next });
}

async function update(
  context: CommandContext,
  project: ConvertedFolder,
  conversion: Conversion,
  choices: ProjectChoices["convertedWith"],
): Promise<void> {
  const { out, signal, values } = context;
  // What changed is shown also where nothing can be written.
  const compatibility = await compareDeclarations(project, conversion);
  if (compatibility) showFindings(out, `${project.name} ${project.version}`, compatibility);
  const updates = await planUpdate(project, conversion, choices);
  const files = Object.keys(updates.written);
  const isDry = values["dry-run"] === true;
  if (!isDry && files.length + updates.removed.length > 0) {
    await replaceFiles(project.path, updates.written, updates.removed, signal);
  }
  const { bump = "none" } = compatibility ?? {};
  const least = bump === "none" ? undefined : leastVersion(project.version, bump);
  for (const path of files) out.line(`${out.style("yellow", "~")} ${path}`);
  for (const path of updates.removed) out.line(`${out.style("red", "-")} ${path}`);
  for (const path of updates.kept) out.line(`${out.style("dim", "=")} ${path}, kept as you edited it`);
  if (least !== undefined) {
    out.line(`If ${project.version} is published, the next version is ${least} at least: raise it in package.json`);
  }
  if (isDry) out.line("nothing was written (--dry-run)");
  out.result({
    ...described(conversion),
    folder: shownPath(project.path),
    name: project.name,
    ...compatibility,
    ...(least !== undefined && { least }),
    written: isDry ? [] : files,
    removed: isDry ? [] : updates.removed,
    kept: updates.kept,
  });
}

/** A project that is there already wants to be brought up to date. */
async function refuseConverted(out: string | undefined, kind: ManifestSource["kind"]): Promise<void> {
  if (out === undefined || (await readProjectFolder(out))?.convertedFrom?.kind !== kind) return;
  throw new ProjectError(`${out} was converted already: --update brings it up to date, or name another folder`, {
    code: "PROJECT_FOLDER_TAKEN",
    data: { path: out },
  });
}

async function read(
  context: CommandContext,
  { title, kind, read: readSource }: SourceReader,
  choices: ProjectChoices["convertedWith"],
): Promise<Conversion> {
  const { env, out, signal } = context;
  const tools = listOf(choices["tools"]);
  const variables = listOf(choices["env"]);
  refuseValues(variables);
  const token = tokenOption(context);
  using limit = new TimeLimit(textOption(context, "timeout") ?? defaultTimeout, signal);
  const conversion = await out.progress(`Reading ${printable(title)}`, async (step) => {
    try {
      const options: ConvertOptions = {
        signal: limit.signal,
        ...(tools.length > 0 && { tools }),
        environment: env,
        env: variables,
        ...(token !== undefined && { token }),
        timeoutMs: limit.ms ?? 0,
        onProgress: step,
      };
      return await readSource(options, choices);
    } catch (error) {
      throw limit.explain(error);
    }
  });
  signal.throwIfAborted();
  for (const warning of conversion.warnings) out.warn(printable(warning));
  const problem = problemOf(conversion, kind);
  if (problem === undefined) return conversion;
  throw new ConvertError(`${title} cannot become a package: ${problem}`, {
    code: "CONVERT_SOURCE_INVALID",
    data: { source: title },
  });
}

function problemOf({ tools, source }: Conversion, kind: ManifestSource["kind"]): string | undefined {
  if (tools.length > packageLimits.maxTools) {
    const option = kind === "openapi" ? "--operations" : "--tools";
    return `it has ${tools.length} tools, and a package has ${packageLimits.maxTools} at most: choose some with ${option}`;
  }
  return sourceProblem(source);
}

/** What was chosen, in the form in which package.json remembers it. */
function givenChoices(context: CommandContext, { options }: SourceReader): ProjectChoices["convertedWith"] {
  const names = ["tools", "env", ...options];
  const entries = names.flatMap((name): [string, string | string[] | boolean][] => {
    const value = context.values[name];
    if (Array.isArray(value)) return [[name, listOption(context, name).flatMap((text) => words(name, text))]];
    return typeof value === "string" || value === true ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

/** Names separated by commas; the path of an operation may have one itself. */
function words(name: string, text: string): string[] {
  if (name === "operations" && text.includes(" ")) return [text];
  return text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
}

function listOf(choice: string | readonly string[] | boolean | undefined): string[] {
  return Array.isArray(choice) ? [...choice] : [];
}

/** What is named becomes part of files: it is a name, and not `NAME=secret`. */
function refuseValues(variables: readonly string[]): void {
  const index = variables.findIndex((name) => permissionProblem("env", name) !== undefined);
  if (index < 0) return;
  throw new UsageError(
    `--env takes the name of an environment variable, such as API_KEY, and no value: number ${index + 1} is none`,
  );
}

/**
 * Whoever wrote package.json names variables of whoever updates the project: their values are given away only by who
 * says so.
 */
async function allowVariables(
  { env, prompts, values }: CommandContext,
  { title }: SourceReader,
  { env: remembered }: ProjectChoices["convertedWith"],
): Promise<void> {
  const names = listOf(remembered).filter((name) => env[name]);
  refuseValues(names);
  if (names.length === 0 || values["yes"] === true) return;
  const given = `${printable(title)} is given the value of ${names.join(", ")}`;
  if (await prompts?.confirm(`By package.json, ${given}. Is that right?`)) return;
  const options = names.map((name) => `--env ${name}`).join(" ");
  throw new UsageError(`By package.json, ${given}. If that is right, write ${options}, or --yes`);
}

/** A credential is named, and never written into a command line that others can see. */
function tokenOption(context: CommandContext): string | undefined {
  const variable = textOption(context, "token-env");
  if (variable === undefined) return undefined;
  const token = context.env[variable];
  if (token) return token;
  // What is in no capitals may be the token itself.
  const shown = /^[A-Z_][A-Z0-9_]*$/.test(variable) ? ` ${variable}` : "";
  throw new UsageError(`--token-env${shown}: there is no environment variable of that name, or it is empty`);
}

function versionOption(context: CommandContext): string {
  const version = textOption(context, "version") ?? "0.1.0";
  if (/^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[\w.-]+)?$/.test(version)) return version;
  throw new UsageError(`--version ${version} is not a semantic version: write it like 1.2.3`);
}

function described({ source, tools, warnings }: Conversion): object {
  return { source, tools: tools.map(({ name }) => name), warnings };
}

function shownPath(folder: string): string {
  return relative(process.cwd(), folder) || ".";
}

import { basename, relative, resolve } from "node:path";
import { toolNameProblem } from "@smoltools/core";
import type { CommandContext } from "../cli/command.ts";
import { textOption } from "../cli/line/option-values.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { version } from "../cli/version.ts";
import { nameSlug, projectName } from "../project/project-name.ts";
import { keptFiles, type NewProject, projectTemplate } from "../project/template.ts";
import { writeNewFiles } from "../project/write-new-files.ts";

/** `smoltools init [folder]` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, out, signal } = context;
  const folder = resolve(positionals[0] ?? ".");
  const project = await newProject(context, basename(folder));
  const files = projectTemplate(project);
  const written = await writeNewFiles(folder, files, keptFiles, signal);
  const shown = relative(process.cwd(), folder) || ".";
  for (const path of Object.keys(files)) {
    out.line(
      written.includes(path)
        ? `${out.style("green", "+")} ${path}`
        : `${out.style("dim", "=")} ${path}, kept as it was`,
    );
  }
  const next = [...(shown === "." ? [] : [`cd ${quoted(shown)}`]), "npm install", "npm run dev", "npm run check"].slice(
    0,
    3,
  );
  out.line();
  out.line(`${out.style("green", "made")} ${project.name} in ${shown}. Next:`);
  for (const command of next) out.line(`  ${command}`);
  out.result({ folder: shown, name: project.name, tool: project.tool, files: written, next });
}

async function newProject(context: CommandContext, folderName: string): Promise<NewProject> {
  const { prompts } = context;
  const name = await projectName(context, `me/${nameSlug(folderName)}`);
  const tool = textOption(context, "tool") ?? toolName(name.split("/")[1] ?? "");
  const toolProblem = toolNameProblem(tool);
  if (toolProblem) throw new UsageError(`--tool ${tool}: ${toolProblem}`);
  const usualDescription = "Greet somebody.";
  const description =
    textOption(context, "description") ??
    (await prompts?.ask("What it does, in one sentence", { initial: usualDescription })) ??
    usualDescription;
  return {
    language: textOption(context, "lang") === "js" ? "js" : "ts",
    name,
    tool,
    description: description.replaceAll(/\s+/g, " ").trim() || usualDescription,
    license: textOption(context, "license") ?? "MIT",
    smoltools: version,
  };
}

/** `word-count` becomes `wordCount`; what would begin with a digit gets a letter before it. */
function toolName(text: string): string {
  const name = text
    .replace(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/[^A-Za-z0-9]/g, "");
  return /^\d/.test(name) ? `tool${name}` : name;
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

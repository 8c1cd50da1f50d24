import type { Command, CommandDescription, CommandGroup, CommandOption } from "../../packages/cli/src/cli/command.ts";
import { exitCodeMeanings } from "../../packages/cli/src/cli/exit-codes.ts";
import { isGroup } from "../../packages/cli/src/cli/line/find-command.ts";
import { globalOptions } from "../../packages/cli/src/cli/line/global-options.ts";
import { sections } from "../../packages/cli/src/commands/index.ts";

/** The page with every command, made of the same table as `smoltools help`. */
export function cliReference(): string {
  const blocks = [
    "# Commands",
    "Every command with its options, made from the program's own table by `scripts/write-cli-reference.ts`. How they are meant to be used is in [the command line](guide/command-line.md).",
    "## Options of every command",
    optionTable(globalOptions),
    "## Exit codes",
    table(["code", "meaning"], Object.entries(exitCodeMeanings)),
  ];
  for (const { title, commands } of sections) {
    blocks.push(`## ${title}`);
    for (const [name, command] of Object.entries(commands)) blocks.push(...describe([name], command));
  }
  return `${blocks.join("\n\n")}\n`;
}

function describe(path: readonly string[], command: Command): string[] {
  return isGroup(command) ? describeGroup(path, command) : describeCommand(path, command);
}

function describeGroup(path: readonly string[], group: CommandGroup): string[] {
  return [
    heading(path),
    group.summary,
    ...Object.entries(group.commands).flatMap(([name, command]) => describe([...path, name], command)),
  ];
}

function describeCommand(path: readonly string[], command: CommandDescription): string[] {
  const codes = Object.entries(command.exitCodes ?? {});
  return [
    heading(path),
    command.summary,
    code(`smoltools ${path.join(" ")} ${command.arguments}`.trimEnd(), "text"),
    ...(Object.keys(command.options).length > 0 ? [optionTable(command.options)] : []),
    ...(codes.length > 0 ? [table(["exit code", "meaning"], codes)] : []),
    code(command.examples.join("\n"), "sh"),
  ];
}

function heading(path: readonly string[]): string {
  return `${"#".repeat(path.length + 2)} smoltools ${path.join(" ")}`;
}

function code(text: string, language: "sh" | "text"): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function optionTable(options: Readonly<Record<string, CommandOption>>): string {
  const rows = Object.entries(options).map(([name, option]): [string, string] => {
    const short = option.short === undefined ? "" : `\`-${option.short}\`, `;
    const value = option.type === "string" ? ` <${option.value ?? "text"}>` : "";
    const choices = option.choices ? ` One of ${option.choices.map((choice) => `\`${choice}\``).join(", ")}.` : "";
    return [`${short}\`--${name}${value}\``, `${text(option.help)}${choices}`];
  });
  return table(["option", "meaning"], rows);
}

function table(head: readonly [string, string], rows: readonly (readonly [string, string])[]): string {
  const line = (cells: readonly [string, string]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), "| --- | --- |", ...rows.map(line)].join("\n");
}

/** Help is plain text: what Markdown would take for a tag is not one. */
function text(help: string): string {
  return help.replaceAll("<", "&lt;");
}

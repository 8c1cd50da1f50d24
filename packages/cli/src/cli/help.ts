import type { Command, CommandDescription, CommandGroup, CommandOption, Commands } from "./command.ts";
import { exitCodeMeanings } from "./exit-codes.ts";
import { isGroup } from "./line/find-command.ts";
import { globalOptions } from "./line/global-options.ts";
import type { Output } from "./output/output.ts";
import { wrapWords } from "./output/wrap-words.ts";

/** Commands under a heading. */
interface Section {
  title: string;
  commands: Commands;
}

/** Widest help, however wide the terminal is: longer lines are hard to read. */
const mostWidth = 100;
/** Least room for explanations beside what they explain; with less, they go below it. */
const leastRoom = 30;

const environment: readonly (readonly [string, string])[] = [
  ["HF_ENDPOINT", "address of the hub"],
  ["HF_TOKEN", "token for it; else what smoltools login has stored"],
  ["HF_HOME", "folder of the cache and of the token"],
  ["NO_COLOR, FORCE_COLOR", "never colours, always colours"],
  ["SMOLTOOLS_DEBUG", "show where in the program an error comes from"],
];

/** The list of commands. */
export function overview(sections: readonly Section[], out: Output): string {
  return page(out, [
    { text: "smoltools: write an agent tool as a function, publish it on a hub, load it anywhere." },
    { text: "Usage: smoltools <command> [arguments] [options]" },
    ...sections
      .filter(({ commands }) => Object.keys(commands).length > 0)
      .map(({ title, commands }) => ({ title, list: commandList(commands), least: 12 })),
    { title: "Options of every command", list: [...optionList(globalOptions), versionLine], least: 12 },
    { title: "Environment", list: environment },
    { title: "Exit codes", list: Object.entries(exitCodeMeanings) },
    { text: "More about a command: smoltools help <command>" },
  ]);
}

const versionLine: readonly [string, string] = ["-v, --version", "Print the version of smoltools."];

/** How a command, or commands under one name, are used. */
export function commandHelp(path: readonly string[], command: Command, out: Output): string {
  const name = path.join(" ");
  return isGroup(command) ? groupHelp(name, command, out) : singleHelp(name, command, out);
}

function groupHelp(name: string, group: CommandGroup, out: Output): string {
  return page(out, [
    { text: group.summary },
    { text: `Usage: smoltools ${name} <command>` },
    { title: "Commands", list: commandList(group.commands) },
    { title: "Examples", list: group.examples.map((example) => [example, ""]) },
    { text: `More about one of them: smoltools help ${name} <command>` },
  ]);
}

function singleHelp(name: string, command: CommandDescription, out: Output): string {
  const codes = Object.entries(command.exitCodes ?? {});
  return page(out, [
    { text: command.summary },
    { text: `Usage: smoltools ${name} ${command.arguments}`.trimEnd() },
    { title: "Options", list: [...optionList(command.options), ...optionList(globalOptions)] },
    ...(codes.length > 0 ? [{ title: "Exit codes", list: codes }] : []),
    { title: "Examples", list: command.examples.map((example) => [example, ""]) },
  ]);
}

function commandList(commands: Commands): [string, string][] {
  return Object.entries(commands).map(([name, { summary }]) => [name, summary]);
}

function optionList(options: Readonly<Record<string, CommandOption>>): [string, string][] {
  return Object.entries(options).map(([name, option]) => {
    const value = option.type === "string" ? ` <${option.value ?? "text"}>` : "";
    const choices = option.choices ? ` One of ${option.choices.join(", ")}.` : "";
    return [`${option.short === undefined ? "" : `-${option.short}, `}--${name}${value}`, option.help + choices];
  });
}

/** A paragraph, or a list of things with what is to be said about each. */
type Part = { text: string } | { title: string; list: readonly (readonly [string, string])[]; least?: number };

function page(out: Output, parts: readonly Part[]): string {
  const width = Math.min(out.width, mostWidth);
  const blocks = parts.map((part) =>
    "text" in part
      ? wrapWords(part.text, width)
      : [out.style("bold", `${part.title}:`), ...definitions(part.list, width, part.least ?? 0)],
  );
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Two columns; where the second has no room beside the first, it goes below. */
function definitions(list: readonly (readonly [string, string])[], width: number, least: number): string[] {
  const term = Math.max(least, ...list.map(([name]) => name.length));
  const room = width - term - 4;
  if (room >= leastRoom || list.every(([, text]) => text === "")) {
    return list.flatMap(([name, text]) => {
      const [first = "", ...more] = text === "" ? [""] : wrapWords(text, room);
      if (text === "") return hanging(name, width);
      return [`  ${name.padEnd(term)}  ${first}`, ...more.map((line) => `${" ".repeat(term + 4)}${line}`)];
    });
  }
  return list.flatMap(([name, text]) => [
    ...hanging(name, width),
    ...wrapWords(text, Math.max(1, width - 6)).map((line) => `      ${line}`),
  ]);
}

/** A line that goes on, further in, where it is too long: so an example can still be told from the next. */
function hanging(text: string, width: number): string[] {
  const [first = "", ...more] = wrapWords(text, Math.max(1, width - 4));
  return [`  ${first}`, ...more.map((line) => `    ${line}`)];
}

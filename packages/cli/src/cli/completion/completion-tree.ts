import type { Command, CommandOption, Commands, Completion } from "../command.ts";
import { isGroup } from "../line/find-command.ts";
import { globalOptions } from "../line/global-options.ts";

/** What can stand behind the words that name a command: the same for every shell. */
export interface CompletionNode {
  /** The words, such as `hub user`; empty for the program itself. */
  path: string;
  commands: { name: string; summary: string }[];
  options: CompletedOption[];
  /** What its arguments are; the last entry stands for all further ones. */
  arguments: readonly Completion[];
}

/** An option, for shells. */
export interface CompletedOption {
  name: string;
  short?: string | undefined;
  help: string;
  /** What its value is; `undefined` for one that takes none. */
  value?: Completion | undefined;
}

/** Everything that can be completed, as a flat list. */
export function completionTree(commands: Commands): CompletionNode[] {
  const names = Object.entries(commands).map(([name, { summary }]) => ({ name, summary }));
  return [
    {
      path: "",
      commands: [...names, { name: "help", summary: "Explain a command." }],
      options: [
        ...completedOptions(globalOptions),
        { name: "version", short: "v", help: "Print the version of smoltools." },
      ],
      arguments: [],
    },
    { path: "help", commands: names, options: [], arguments: [] },
    ...nodesOf(commands, []),
    // `smoltools help hub user` goes down the same names.
    ...nodesOf(commands, ["help"]).map(({ path, commands }) => ({ path, commands, options: [], arguments: [] })),
  ];
}

function nodesOf(commands: Commands, path: readonly string[]): CompletionNode[] {
  return Object.entries(commands).flatMap(([name, command]) => {
    const own = [...path, name];
    const node = nodeOf(command, own.join(" "));
    return isGroup(command) ? [node].concat(nodesOf(command.commands, own)) : node;
  });
}

function nodeOf(command: Command, path: string): CompletionNode {
  if (isGroup(command)) {
    const commands = Object.entries(command.commands).map(([name, { summary }]) => ({ name, summary }));
    return { path, commands, options: completedOptions(globalOptions), arguments: [] };
  }
  const { complete = ["file"], positionals, options } = command;
  return {
    path,
    commands: [],
    options: completedOptions({ ...options, ...globalOptions }),
    arguments: positionals.most === 0 ? [] : complete,
  };
}

function completedOptions(options: Readonly<Record<string, CommandOption>>): CompletedOption[] {
  return Object.entries(options).map(([name, { type, short, help, choices, complete }]) => {
    const value = type === "string" ? (choices ?? complete ?? "none") : undefined;
    return { name, short, help, value };
  });
}

import type { Command, CommandDescription, CommandGroup, Commands } from "../command.ts";

/** What a command line names. */
interface FoundCommand {
  /** The words that led there, such as `["hub", "user", "add"]`. */
  path: string[];
  command: Command;
  /** The words behind them. */
  args: string[];
}

/**
 * Follows the words of a command line down the table of commands, as far as they name one.
 *
 * @returns `undefined` when the first word names none.
 */
export function findCommand(commands: Commands, words: readonly string[]): FoundCommand | undefined {
  let found: FoundCommand | undefined;
  let level: Commands | undefined = commands;
  for (const [index, word] of words.entries()) {
    const command: Command | undefined = level && Object.hasOwn(level, word) ? level[word] : undefined;
    if (!command) break;
    found = { path: words.slice(0, index + 1), command, args: words.slice(index + 1) };
    level = isGroup(command) ? command.commands : undefined;
  }
  return found;
}

/** All commands that can be run, with the words that name them. */
export function* allCommands(
  commands: Commands,
  path: readonly string[] = [],
): Generator<{ path: string[]; command: CommandDescription }> {
  for (const [name, command] of Object.entries(commands)) {
    if (isGroup(command)) yield* allCommands(command.commands, [...path, name]);
    else yield { path: [...path, name], command };
  }
}

/** Tells commands under one name from a command. */
export function isGroup(command: Command): command is CommandGroup {
  return "commands" in command;
}

import type { CommandLine } from "./command-line.ts";
import type { Commands } from "../command.ts";
import { printable } from "../output/printable.ts";
import { suggest } from "./suggest.ts";
import { UsageError } from "../errors/usage-error.ts";

/** More commands than that are listed by help, and not by an error. */
const mostNamed = 8;

/** The error for words that name no command: it says what may have been meant. */
export function unknownCommand({ path, word, known }: Extract<CommandLine, { kind: "unknown" }>): UsageError {
  const where = ["smoltools", ...path].join(" ");
  const names = Object.keys(known);
  if (word === undefined) return new UsageError(`${where} needs a command: ${names.join(", ")}. See ${where} --help`);
  if (word.startsWith("-")) {
    return new UsageError(
      `${printable(word)} stands before the command, and is no option of all commands. See ${where} --help`,
    );
  }
  if (names.length === 0) return new UsageError(`${where} has no commands of its own. See ${where} --help`);
  const meant = [...new Set([...calledSo(word, known), ...suggest(word, names)])].slice(0, 3);
  const commands = meant.map((name) => ["smoltools", ...path, name].join(" "));
  const there = names.length > mostNamed ? "" : `${where} has ${names.join(", ")}. `;
  const way = commands.length > 0 ? `Did you mean ${commands.join(" or ")}?` : `${there}See ${where} --help`;
  return new UsageError(`There is no command "${printable([...path, word].join(" "))}". ${way}`);
}

/** Commands that other programs call by this word. */
function calledSo(word: string, known: Commands): string[] {
  return Object.entries(known).flatMap(([name, { alsoCalled = [] }]) => (alsoCalled.includes(word) ? [name] : []));
}

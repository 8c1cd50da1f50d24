import type { Command, CommandDescription, Commands } from "../command.ts";
import { findCommand, isGroup } from "./find-command.ts";
import { type GlobalFlags, globalFlags, globalOptions } from "./global-options.ts";
import { splitOptions } from "./split-options.ts";

/** What a command line asks for, and how it wants to be answered. */
export type CommandLine = Request & { flags: GlobalFlags };

type Request =
  | { kind: "version" }
  | { kind: "overview" }
  | { kind: "help"; path: string[]; command: Command; args: string[] }
  | { kind: "run"; path: string[]; command: CommandDescription; args: string[] }
  /** There is no such command: `word` is what was typed, `undefined` where a word is missing, `known` what there is. */
  | { kind: "unknown"; path: string[]; word: string | undefined; known: Commands };

/** Options that may stand before the command. */
const leading: ReadonlySet<string> = new Set(["--json", "--quiet", "-q", "--no-color"]);

/**
 * Finds out what a command line asks for, without doing anything.
 *
 * @param argv - Without the program itself.
 */
export function readCommandLine(argv: readonly string[], commands: Commands): CommandLine {
  const request = readRequest(argv, commands);
  return { ...request, flags: flagsOf(argv, request) };
}

/** What follows an option that is handed on to a tool is its value, also where it looks like an option of ours. */
function flagsOf(argv: readonly string[], request: Request): GlobalFlags {
  if (!("args" in request)) return globalFlags(argv);
  const { args, command } = request;
  const before = argv.slice(0, argv.length - args.length);
  return globalFlags([...before, ...ownWords(args, command)]);
}

function ownWords(args: readonly string[], command: Command): readonly string[] {
  if (isGroup(command) || !command.anyOptions) return args;
  return splitOptions(args, { ...command.options, ...globalOptions }).own;
}

function readRequest(argv: readonly string[], commands: Commands): Request {
  const start = argv.findIndex((word) => !leading.has(word));
  const words = start < 0 ? [] : argv.slice(start);
  const [first, ...behind] = words;
  if (first === undefined) return { kind: "overview" };
  if (first === "--version" || first === "-v") return { kind: "version" };
  if (first === "help" || first === "--help" || first === "-h") {
    const asked = behind.filter((word) => !word.startsWith("-"));
    return asked.length === 0 ? { kind: "overview" } : helpFor(asked, commands);
  }
  const found = findCommand(commands, words);
  if (!found) return { kind: "unknown", path: [], word: first, known: commands };
  const { path, command, args } = found;
  const isHelp = globalFlags(ownWords(args, command)).help;
  if (!isGroup(command)) return { kind: isHelp ? "help" : "run", path, command, args };
  const word = args.find((arg) => !leading.has(arg));
  if (isHelp && (word === undefined || word.startsWith("-"))) return { kind: "help", path, command, args: [] };
  return { kind: "unknown", path, word, known: command.commands };
}

function helpFor(words: readonly string[], commands: Commands): Request {
  const found = findCommand(commands, words);
  if (!found) return { kind: "unknown", path: [], word: words[0], known: commands };
  const { path, command, args } = found;
  const [word] = args;
  if (word === undefined) return { kind: "help", path, command, args: [] };
  return { kind: "unknown", path, word, known: isGroup(command) ? command.commands : {} };
}

import type { ParseArgsOptionsConfig } from "node:util";
import type { Output } from "./output.ts";

/** An option of a command, as `node:util` parses it, and as help shows it. */
export type CommandOption = ParseArgsOptionsConfig[string] & {
  /** One line for people. */
  help: string;
  /** Name of the value in help: `--version <x.y.z>`. */
  value?: string;
};

/** What a command gets. */
export interface CommandContext {
  /** Arguments that are no options. */
  positionals: string[];
  /** Options by their long name. */
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  /** Options that the command does not declare, in the order in which they came; only with `anyOptions`. */
  rest: string[];
  out: Output;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
}

/** What a command is, without the code that does it: help needs no more, and so loads no more. */
export interface CommandDescription {
  /** One line for the list of commands. */
  summary: string;
  /** Arguments as in `smoltools push <file> <owner/name>`. */
  arguments: string;
  /** How many arguments it takes. */
  positionals: { least: number; most: number };
  options: Record<string, CommandOption>;
  /** Hand options that are not declared over to the command. */
  anyOptions?: boolean;
  /** Lines that show the command in use. */
  examples: string[];
  /** A command that found something wrong, rather than failed to look, gives its exit code back. */
  load: () => Promise<{ run: (context: CommandContext) => Promise<number | void> }>;
}

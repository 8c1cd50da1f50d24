import type { ParseArgsOptionsConfig } from "node:util";
import type { InterruptTaker } from "./terminal/interrupts.ts";
import type { Output } from "./output/output.ts";
import type { Prompts } from "./terminal/prompts.ts";

/** What stands at a place of the command line, for shells that complete it: a path, or one of these words. */
export type Completion = "file" | "folder" | "none" | readonly string[];

/** An option of a command, as `node:util` parses it, and as help shows it. */
export type CommandOption = ParseArgsOptionsConfig[string] & {
  /** One line for people. */
  help: string;
  /** Name of the value in help: `--version <x.y.z>`. */
  value?: string;
  /** The values that there are: another one is refused. */
  choices?: readonly string[];
  /** What the value is, where it is a path. */
  complete?: "file" | "folder";
};

/** What a command gets. */
export interface CommandContext {
  /** Arguments that are no options. */
  positionals: string[];
  /** Options by their long name. */
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  /** Options that the command does not declare, in the order in which they came; only with `anyOptions`. */
  rest: string[];
  /** Options stand behind an argument without `--` before it: where that is a program, they may be meant for it. */
  isMixed: boolean;
  out: Output;
  /** Asks the person at the terminal; `undefined` where there is nobody to ask. */
  prompts: Prompts | undefined;
  /** The environment, with the settings of `smoltools config` where it says nothing. */
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl-C. */
  signal: AbortSignal;
  /** Lets the command decide what Ctrl-C does for a while. */
  interrupts: InterruptTaker;
}

/** What a command does. */
export interface CommandCode {
  /** A command that found something wrong, rather than failed to look, gives its exit code back. */
  run: (context: CommandContext) => Promise<number | void>;
  /** Says more about what was named than the table knows, for `--help` behind an argument. */
  help?: (context: CommandContext) => Promise<void>;
}

/** What a command is, without the code that does it: help needs no more, and so loads no more. */
export interface CommandDescription {
  /** One line for the list of commands. */
  summary: string;
  /** What other programs call it: who types that is told this name. */
  alsoCalled?: readonly string[];
  /** Arguments as in `smoltools push <file> <owner/name>`. */
  arguments: string;
  /** How many arguments it takes. */
  positionals: { least: number; most: number };
  /** What its arguments are, for shells that complete them; the last entry stands for all further ones. */
  complete?: readonly Completion[];
  options: Record<string, CommandOption>;
  /** Hand options that are not declared over to the command. */
  anyOptions?: boolean;
  /** Run it without the settings: it is about them. */
  withoutSettings?: boolean;
  /** Lines that show the command in use. */
  examples: readonly string[];
  /** What its exit codes mean, where they mean more than those of every command. */
  exitCodes?: Readonly<Record<number, string>>;
  load: () => Promise<CommandCode>;
}

/** Commands under one name, such as `smoltools keys create`. */
export interface CommandGroup {
  /** One line for the list of commands. */
  summary: string;
  /** What other programs call it: who types that is told this name. */
  alsoCalled?: readonly string[];
  commands: Commands;
  /** Lines that show its commands in use. */
  examples: readonly string[];
}

/** A command, or commands under one name. */
export type Command = CommandDescription | CommandGroup;

/** Commands by name, in the order in which help lists them. */
export type Commands = Readonly<Record<string, Command>>;

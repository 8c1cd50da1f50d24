import { commands, sections } from "../commands/index.ts";
import { type CommandLine, readCommandLine } from "./line/command-line.ts";
import { exitCodes } from "./exit-codes.ts";
import { isGroup } from "./line/find-command.ts";
import type { InterruptTaker } from "./terminal/interrupts.ts";
import { Output, type OutputStreams } from "./output/output.ts";
import type { Terminal } from "./terminal/terminal-prompts.ts";

/** What the command line runs in. */
export interface CliEnvironment extends OutputStreams {
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  interrupts?: InterruptTaker;
  /** Where a person can be asked, if there is one. */
  terminal?: () => Terminal | undefined;
}

/**
 * Runs one command line.
 *
 * @param argv - Without the program itself.
 * @returns The exit code, see `exitCodes`.
 */
export async function runCli(argv: readonly string[], environment: CliEnvironment): Promise<number> {
  const { env, signal } = environment;
  const line = readCommandLine(argv, commands);
  const out = new Output(environment, { ...line.flags, env });
  try {
    return (await dispatch(line, out, environment)) ?? exitCodes.ok;
  } catch (error) {
    // Loaded only now: most command lines do not fail, and starting has to be quick.
    const { reportError } = await import("./errors/report-error.ts");
    return reportError(signal.aborted ? signal.reason : error, out, env);
  }
}

async function dispatch(line: CommandLine, out: Output, environment: CliEnvironment): Promise<number | void> {
  switch (line.kind) {
    case "version": {
      const { version } = await import("./version.ts");
      return out.raw(`${version}\n`);
    }
    case "overview": {
      const { overview } = await import("./help.ts");
      return out.page(overview(sections, out));
    }
    case "help": {
      if (await helpOfCode(line, out, environment)) return undefined;
      const { commandHelp } = await import("./help.ts");
      return out.page(commandHelp(line.path, line.command, out));
    }
    case "unknown": {
      const { unknownCommand } = await import("./line/unknown-command.ts");
      throw unknownCommand(line);
    }
    case "run": {
      const { runCommand } = await import("./run-command.ts");
      return runCommand(line, out, environment);
    }
  }
}

/** Lets a command that knows more about its arguments than the table explain them. */
async function helpOfCode(
  { path, command, args }: Extract<CommandLine, { kind: "help" }>,
  out: Output,
  environment: CliEnvironment,
): Promise<boolean> {
  if (isGroup(command) || !command.anyOptions || !args.some((arg) => !arg.startsWith("-"))) return false;
  const { loadCommand } = await import("./run-command.ts");
  const { help, context } = await loadCommand({ path, command, args }, out, environment);
  await help?.(context);
  return help !== undefined;
}

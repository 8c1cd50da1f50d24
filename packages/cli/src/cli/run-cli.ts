import { commands } from "../commands/index.ts";
import { exitCodes } from "./exit-codes.ts";
import { Output, type OutputStreams } from "./output.ts";

/** What the command line runs in. */
export interface CliEnvironment extends OutputStreams {
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}

/**
 * Runs one command line.
 *
 * @param argv - Without the program itself.
 * @returns The exit code: 0, 1 when the work failed, 2 when the command was called wrongly.
 */
export async function runCli(argv: readonly string[], environment: CliEnvironment): Promise<number> {
  const { env, signal } = environment;
  const out = new Output(environment, { json: argv.includes("--json"), env });
  try {
    return (await dispatch(argv, out, env, signal)) ?? exitCodes.ok;
  } catch (error) {
    // Loaded only now: most command lines do not fail, and starting has to be quick.
    const { reportError } = await import("./report-error.ts");
    return reportError(error, out, env);
  }
}

async function dispatch(
  argv: readonly string[],
  out: Output,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<number | void> {
  const [name, ...args] = argv;
  if (name === "--version" || name === "-v") {
    const { version } = await import("./version.ts");
    return out.raw(`${version}\n`);
  }
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    const { overview } = await import("./help.ts");
    return out.raw(overview(commands));
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const { UsageError } = await import("./usage-error.ts");
    throw new UsageError(`There is no command "${name}". The commands are ${Object.keys(commands).join(", ")}`);
  }
  if (args.includes("--help") || args.includes("-h")) {
    const { commandHelp } = await import("./help.ts");
    return out.raw(commandHelp(name, command));
  }
  const { parseCommand } = await import("./parse-command.ts");
  const parsed = parseCommand(name, command, args);
  const { run } = await command.load();
  return run({ ...parsed, out, env, signal });
}

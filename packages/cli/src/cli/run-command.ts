import type { CommandLine } from "./line/command-line.ts";
import type { CommandCode, CommandContext } from "./command.ts";
import type { Output } from "./output/output.ts";
import { parseCommand } from "./line/parse-command.ts";
import type { Prompts } from "./terminal/prompts.ts";
import type { CliEnvironment } from "./run-cli.ts";
import { terminalPrompts } from "./terminal/terminal-prompts.ts";

type RunLine = Pick<Extract<CommandLine, { kind: "run" }>, "path" | "command" | "args">;

/** Reads the arguments of a command, loads its code and runs it. */
export async function runCommand(line: RunLine, out: Output, environment: CliEnvironment): Promise<number | void> {
  const { run, context } = await loadCommand(line, out, environment);
  return run(context);
}

/** Reads the arguments of a command and loads its code, and runs nothing. */
export async function loadCommand(
  { path, command, args }: RunLine,
  out: Output,
  environment: CliEnvironment,
): Promise<CommandCode & { context: CommandContext }> {
  const { signal, interrupts = { take: () => ({ [Symbol.dispose]: () => undefined }) } } = environment;
  const parsed = parseCommand(path.join(" "), command, args);
  const code = await command.load();
  signal.throwIfAborted();
  const env = command.withoutSettings ? environment.env : await environmentWithSettings(environment.env);
  const prompts = promptsFor(parsed, out, environment);
  return { ...code, context: { ...parsed, out, env, signal, interrupts, prompts } };
}

/** Nobody is asked where a program reads, where `--yes` says what to answer, and where nobody sits at a terminal. */
function promptsFor(
  { values }: Pick<CommandContext, "values">,
  out: Output,
  { terminal, env, signal }: CliEnvironment,
): Prompts | undefined {
  const isAutomatic = env["CI"] !== undefined && !["", "0", "false"].includes(env["CI"]);
  if (out.json || values["yes"] === true || isAutomatic || env["TERM"] === "dumb") return undefined;
  const found = terminal?.();
  return found && terminalPrompts(found, out, signal);
}

async function environmentWithSettings(env: CliEnvironment["env"]): Promise<CliEnvironment["env"]> {
  const { withSettings } = await import("./settings/settings.ts");
  return withSettings(env);
}

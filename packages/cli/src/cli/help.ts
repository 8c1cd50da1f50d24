import type { CommandDescription, CommandOption } from "./command.ts";

/** The list of commands. */
export function overview(commands: Readonly<Record<string, CommandDescription>>): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `smoltools: write an agent tool as a function, publish it on a hub, load it anywhere.

Usage: smoltools <command> [arguments] [options]

Commands:
${lines.join("\n")}

Options of every command:
  --json      print the result as JSON
  --help      explain the command
  --version   print the version of smoltools

Environment: HF_ENDPOINT (address of the hub), HF_TOKEN (its token), HF_HOME (the cache), NO_COLOR.
`;
}

/** How one command is used. */
export function commandHelp(name: string, command: CommandDescription): string {
  const options: Record<string, CommandOption> = {
    ...command.options,
    json: { type: "boolean", help: "Print the result as JSON." },
  };
  const flags = Object.entries(options).map(([key, option]) => {
    const value = option.type === "string" ? ` <${option.value ?? "text"}>` : "";
    return [`--${key}${value}`, option.help] as const;
  });
  const width = Math.max(...flags.map(([flag]) => flag.length));
  const lines = flags.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`);
  return `${command.summary}

Usage: smoltools ${name} ${command.arguments}

Options:
${lines.join("\n")}

Examples:
${command.examples.map((example) => `  ${example}`).join("\n")}
`;
}

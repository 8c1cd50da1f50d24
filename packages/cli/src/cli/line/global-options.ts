import type { CommandOption } from "../command.ts";

/** Options that every command has. */
export const globalOptions: Readonly<Record<"json" | "quiet" | "no-color" | "help", CommandOption>> = {
  json: { type: "boolean", help: "Print the result as JSON." },
  quiet: { type: "boolean", short: "q", help: "Print results, warnings and errors only." },
  "no-color": { type: "boolean", help: "Print without colours." },
  help: { type: "boolean", short: "h", help: "Explain the command." },
};

/** What a command line says to the frame itself, wherever it stands. */
export interface GlobalFlags {
  json: boolean;
  quiet: boolean;
  noColor: boolean;
  help: boolean;
}

/**
 * Looks for the options of every command, up to `--`, so that also the errors of reading a command line follow them.
 */
export function globalFlags(argv: readonly string[]): GlobalFlags {
  const end = argv.indexOf("--");
  const own = end < 0 ? argv : argv.slice(0, end);
  return {
    json: own.includes("--json"),
    quiet: own.includes("--quiet") || own.includes("-q"),
    noColor: own.includes("--no-color"),
    help: own.includes("--help") || own.includes("-h"),
  };
}

import { parseArgs } from "node:util";
import { errorMessage } from "@smoltools/core";
import type { CommandContext, CommandDescription } from "./command.ts";
import { UsageError } from "./usage-error.ts";

type Parsed = Pick<CommandContext, "positionals" | "values" | "rest">;

/**
 * Reads the arguments of a command.
 *
 * @throws UsageError that says which argument is wrong.
 */
export function parseCommand(name: string, command: CommandDescription, args: readonly string[]): Parsed {
  const options = { ...command.options, json: { type: "boolean" as const } };
  const [own, rest] = command.anyOptions ? splitOptions(args, options) : [[...args], []];
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: own, options, allowPositionals: true, strict: true });
  } catch (error) {
    // The first sentence says what is wrong; the rest is advice about `--`.
    throw new UsageError(`${errorMessage(error).split(". ")[0]}. See smoltools ${name} --help`);
  }
  const { least, most } = command.positionals;
  const count = parsed.positionals.length;
  if (count < least || count > most) {
    const problem = count < least ? "too few arguments" : `"${parsed.positionals[most]}" is one argument too many`;
    throw new UsageError(`${problem}. Usage: smoltools ${name} ${command.arguments}`);
  }
  return { positionals: parsed.positionals, values: parsed.values, rest };
}

/** Tells the options of the command from those that it hands on. An option that it hands on takes the word behind it as its value. */
function splitOptions(
  args: readonly string[],
  known: Record<string, { type: "string" | "boolean" }>,
): [string[], string[]] {
  const own: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    const [flag = "", inline] = arg.startsWith("--") ? arg.slice(2).split(/=(.*)/s) : [];
    const option = Object.hasOwn(known, flag) ? known[flag] : undefined;
    const target = !arg.startsWith("--") || option ? own : rest;
    target.push(arg);
    const next = args[i + 1];
    const takesNext = option
      ? option.type === "string"
      : target === rest && next !== undefined && !next.startsWith("--");
    if (arg.startsWith("--") && inline === undefined && takesNext && next !== undefined) {
      target.push(next);
      i++;
    }
  }
  return [own, rest];
}

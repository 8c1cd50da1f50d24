import { parseArgs } from "node:util";
import type { CommandContext, CommandDescription, CommandOption } from "../command.ts";
import { globalOptions } from "./global-options.ts";
import { printable } from "../output/printable.ts";
import { splitOptions } from "./split-options.ts";
import { didYouMean } from "./suggest.ts";
import { UsageError } from "../errors/usage-error.ts";

type Parsed = Pick<CommandContext, "positionals" | "values" | "rest" | "isMixed">;
type Options = Readonly<Record<string, CommandOption>>;
type OptionToken = Extract<NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number], { kind: "option" }>;

/**
 * Reads the arguments of a command.
 *
 * @param name - The words that name the command, for errors.
 * @throws UsageError that says which argument is wrong, and what to write.
 */
export function parseCommand(name: string, command: CommandDescription, args: readonly string[]): Parsed {
  const options: Options = { ...command.options, ...globalOptions };
  const { own, rest } = command.anyOptions ? splitOptions(args, options) : { own: [...args], rest: [] };
  // Not strict: its errors name neither what is near nor where help is. The tokens say all that is needed to judge.
  const { positionals, values, tokens } = parseArgs({
    args: own,
    options: Object.fromEntries(
      Object.entries(options).map(([key, { type, short, multiple }]) => {
        return [key, { type, ...(short !== undefined && { short }), ...(multiple && { multiple }) }];
      }),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    checkOption(token, options, name);
    checkOnce(token, options, seen);
  }
  checkCount(name, command, positionals);
  const first = tokens.findIndex(({ kind }) => kind === "positional");
  const isMixed = first >= 0 && tokens.slice(first).some(({ kind }) => kind === "option");
  return { positionals, values: values as Parsed["values"], rest, isMixed };
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken, options: Options, command: string): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) {
    const near = didYouMean(
      rawName,
      Object.keys(options).map((key) => `--${key}`),
    );
    throw new UsageError(`There is no option ${printable(rawName)}.${near} See smoltools ${command} --help`);
  }
  if (option.type === "boolean") {
    if (value === undefined) return;
    throw new UsageError(`${rawName} takes no value: write ${rawName} alone, or leave it out`);
  }
  const example = `${rawName} <${option.value ?? "text"}>`;
  if (value === undefined) throw new UsageError(`${rawName} needs a value: ${example}`);
  if (!inlineValue && value.startsWith("-") && value.length > 1) {
    throw new UsageError(
      `${rawName} needs a value, and ${printable(value)} looks like an option: write ${example}, or --${name}=${printable(value)} if it is the value`,
    );
  }
  if (option.choices && !option.choices.includes(value)) {
    const near = didYouMean(value, option.choices);
    throw new UsageError(
      `${rawName} ${printable(value)} is none of ${option.choices.join(", ")}.${near}`.replace(/\.$/, ""),
    );
  }
}

/** Two values of an option that takes one contradict each other; a switch that is thrown twice is on. */
function checkOnce({ name, rawName }: OptionToken, options: Options, seen: Set<string>): void {
  const option = options[name];
  if (option?.type === "string" && !option.multiple && seen.has(name)) {
    throw new UsageError(`${rawName} is given twice, and takes one value`);
  }
  seen.add(name);
}

function checkCount(name: string, command: CommandDescription, positionals: readonly string[]): void {
  const { least, most } = command.positionals;
  const count = positionals.length;
  if (count >= least && count <= most) return;
  const usage = `smoltools ${name} ${command.arguments}`.trimEnd();
  const names = command.arguments.match(/<[^>]+>|\[[^\]]+\]/g) ?? [];
  const problem =
    count < least
      ? `${names[count] ?? "An argument"} is missing`
      : `"${printable(positionals[most] ?? "")}" is one argument too many`;
  throw new UsageError(`${problem}. Usage: ${usage}`);
}

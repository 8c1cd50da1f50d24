import type { CommandContext } from "../command.ts";
import { UsageError } from "../errors/usage-error.ts";

/** The value of an option that takes a text. */
export function textOption({ values }: Pick<CommandContext, "values">, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/**
 * The port that an option names; `undefined` when it is not given.
 *
 * @throws UsageError for what is no port.
 */
export function portOption({ values }: Pick<CommandContext, "values">, name: string): number | undefined {
  const text = textOption({ values }, name);
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError(`--${name} ${text} is not a port: use 0 to 65535`);
}

/** The values of an option that can be given several times. */
export function listOption({ values }: Pick<CommandContext, "values">, name: string): string[] {
  return [values[name] ?? []].flat().map(String);
}

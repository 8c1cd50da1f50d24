import type { CommandContext } from "./command.ts";

/** The value of an option that takes a text. */
export function textOption({ values }: Pick<CommandContext, "values">, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** The values of an option that can be given several times. */
export function listOption({ values }: Pick<CommandContext, "values">, name: string): string[] {
  return [values[name] ?? []].flat().map(String);
}

import type { LoadOptions } from "@smoltools/hub";
import { hubDefaults } from "smoltools";
import type { CommandContext } from "./command.ts";
import { printable } from "./printable.ts";

/** How a command reaches the hub, by its options and the environment. */
export function hubConnection(context: CommandContext): LoadOptions {
  const hubUrl = textOption(context, "hub");
  return {
    ...hubDefaults(hubUrl === undefined ? {} : { hubUrl }, context.env),
    env: context.env,
    signal: context.signal,
    onWarning: ({ message, code }) => {
      context.out.note(`${context.out.style("yellow", "warning")} ${printable(message)} [${code}]`);
    },
  };
}

/** The value of an option that takes a text. */
export function textOption({ values }: Pick<CommandContext, "values">, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

import type { LoadOptions } from "@smoltools/hub";
import { hubDefaults } from "smoltools";
import type { CommandContext } from "./command.ts";
import { hubToken } from "./credentials.ts";
import { hubOf } from "./hub-address.ts";
import { printable } from "./printable.ts";
import { chosenSandbox } from "./sandbox-choice.ts";

/** How a command reaches the hub, by its options, the environment, the settings, and who has logged in. */
export function hubConnection(context: CommandContext): LoadOptions {
  const { env, out, signal } = context;
  const { url } = hubOf(context);
  const token = hubToken(url, env)?.token;
  const sandbox = chosenSandbox(env);
  return {
    // The token of the environment is asked for above, as the official clients do, or it is none of this hub's.
    ...hubDefaults({ hubUrl: url, ...(token !== undefined && { token }) }, { ...env, HF_TOKEN: undefined }),
    ...(sandbox && { sandbox }),
    env,
    signal,
    onWarning: ({ message, code }) => out.warn(`${printable(message)} [${code}]`),
  };
}

/** The value of an option that takes a text. */
export function textOption({ values }: Pick<CommandContext, "values">, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

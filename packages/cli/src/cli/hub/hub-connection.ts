import type { LoadOptions } from "@smoltools/hub";
import type { CommandContext } from "../command.ts";
import { hubToken } from "./credentials.ts";
import { hubOf } from "./hub-address.ts";
import { printable } from "../output/printable.ts";

/** What reaching a hub takes. */
export type CommandConnection = Pick<LoadOptions, "token" | "env" | "signal"> &
  Required<Pick<LoadOptions, "hubUrl" | "onWarning">>;

/** How a command reaches the hub, by its options, the environment, the settings, and who has logged in. */
export function hubConnection(context: CommandContext): CommandConnection {
  const { env, out, signal } = context;
  const { url } = hubOf(context);
  const token = hubToken(url, env)?.token;
  return {
    hubUrl: url,
    ...(token !== undefined && { token }),
    env,
    signal,
    onWarning: ({ message, code }) => out.warn(`${printable(message)} [${code}]`),
  };
}

import { existsSync } from "node:fs";
import { type InstallOptions, lockFileName } from "@smoltools/hub";
import { commandGrant } from "./ask-permissions.ts";
import type { CommandContext } from "../command.ts";
import { hubConnection } from "./hub-connection.ts";
import { textOption } from "../line/option-values.ts";
import { UsageError } from "../errors/usage-error.ts";

/** How a command finds packages and locks them, by its options. */
export function packageOptions(context: CommandContext): InstallOptions {
  const permissions = commandGrant(context);
  return {
    ...hubConnection(context),
    lockFile: textOption(context, "lock-file") ?? lockFileName,
    ...(permissions && { permissions }),
    ...(context.values["frozen"] === true && { frozen: true }),
    ...(context.values["require-signature"] === true && { requireSignature: true }),
  };
}

/**
 * The refs that a command is for: those that were named, or all of the lock file.
 *
 * @throws UsageError when none were named and there is no lock file.
 */
export function namedRefs({ positionals }: CommandContext, { lockFile }: InstallOptions): string[] | undefined {
  if (positionals.length > 0) return positionals;
  if (existsSync(lockFile)) return undefined;
  throw new UsageError(`There is no ${lockFile}: name packages, as in smoltools add acme/weather@^1`);
}

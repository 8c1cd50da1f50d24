import { existsSync } from "node:fs";
import { type LoadOptions, lockFileName } from "@smoltools/hub";
import { hubDefaults } from "smoltools";
import { commandGrant } from "./ask-permissions.ts";
import type { CommandContext } from "../command.ts";
import { hubConnection } from "./hub-connection.ts";
import { textOption } from "../line/option-values.ts";
import { chosenSandbox } from "../settings/sandbox-choice.ts";

/** How a command reaches the hub, and in which sandboxes it runs what it makes or loads. */
export function sandboxOptions(context: CommandContext): LoadOptions {
  const { env } = context;
  const sandbox = chosenSandbox(env);
  return hubDefaults({ ...hubConnection(context), ...(sandbox && { sandbox }) }, env);
}

/** How a command loads packages to run them: locked where there is a lock file, with what was granted. */
export function loadOptions(context: CommandContext): LoadOptions {
  const lockFile = textOption(context, "lock-file") ?? (existsSync(lockFileName) ? lockFileName : undefined);
  const permissions = commandGrant(context);
  return {
    ...sandboxOptions(context),
    ...(lockFile !== undefined && { lockFile }),
    ...(permissions && { permissions }),
  };
}

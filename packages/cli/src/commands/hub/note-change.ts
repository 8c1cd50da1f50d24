import { AuditLog } from "@smoltools/hub/server";
import type { CommandContext } from "../../cli/command.ts";
import { dataFolder } from "./data-folder.ts";
import { systemUser } from "./system-user.ts";

/** Adds a change that was made on the command line to the audit log of the hub. */
export async function noteChange(
  context: CommandContext,
  action: string,
  target: string,
  facts: Record<string, string> = {},
): Promise<void> {
  const log = new AuditLog(dataFolder(context), () =>
    context.out.error("The change could not be written to the audit log."),
  );
  const at = new Date().toISOString();
  log.write({
    at,
    action,
    user: null,
    from: "command line",
    target,
    result: "ok",
    facts: { ...facts, systemUser: systemUser() },
  });
  await log.flush();
}

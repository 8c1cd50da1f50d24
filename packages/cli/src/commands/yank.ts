import { HubClient, yankVersion } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub/hub-connection.ts";
import { textOption } from "../cli/line/option-values.ts";
import { namedPackage } from "../cli/hub/named-package.ts";
import { packageVersion } from "../cli/hub/package-name.ts";
import { UsageError } from "../cli/errors/usage-error.ts";

/** `smoltools yank <owner/name@version>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, out, signal } = context;
  const { ref, version } = packageVersion(positionals[0] ?? "");
  const reason = textOption(context, "reason");
  if (reason === undefined) throw new UsageError('Say why, for those who use it: --reason "wrong units"');
  const client = new HubClient(hubConnection(context));
  const change = await out.progress(`Yanking ${version}`, () => yankVersion(client, ref, version, { reason, signal }));
  out.line(
    change.changed
      ? `${out.style("yellow", "yanked")} ${ref.repo} ${version}: ranges do not choose it any more; who has it locked keeps it`
      : `${ref.repo} ${version} was yanked already, for this reason`,
  );
  out.result(namedPackage(change));
}

import { HubClient, unyankVersion } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub/hub-connection.ts";
import { namedPackage } from "../cli/hub/named-package.ts";
import { packageVersion } from "../cli/hub/package-name.ts";

/** `smoltools unyank <owner/name@version>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, out, signal } = context;
  const { ref, version } = packageVersion(positionals[0] ?? "");
  const client = new HubClient(hubConnection(context));
  const change = await out.progress(`Unyanking ${version}`, () => unyankVersion(client, ref, version, { signal }));
  out.line(
    change.changed
      ? `${out.style("green", "unyanked")} ${ref.repo} ${version}: ranges choose it again`
      : `${ref.repo} ${version} was not yanked`,
  );
  out.result(namedPackage(change));
}

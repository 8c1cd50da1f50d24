import { HubClient, type PublishedVersion, parseRef, readPublished } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { datedVersions, dayOf } from "../cli/hub/dated-versions.ts";
import { hubConnection } from "../cli/hub/hub-connection.ts";
import { printable } from "../cli/output/printable.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { showTable } from "../cli/output/show-table.ts";

/** `smoltools versions <owner/name>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, out, signal } = context;
  const connection = hubConnection(context);
  const ref = parseRef(positionals[0] ?? "", connection);
  if (ref.kind === "folder") throw new UsageError(`${ref.path} is a folder, which has one version: see smoltools info`);
  const { versions, deprecated, registryError } = await out.progress(`Asking for ${ref.repo}`, () =>
    readPublished(new HubClient(connection), ref, { signal }).then(async (published) => ({
      ...published,
      versions: await datedVersions(published.versions, ref, connection),
    })),
  );
  if (registryError !== undefined) throw registryError;
  if (deprecated) out.warn(`deprecated: ${printable(deprecated.message)}`);
  showTable(
    out,
    versions.map((each) => [each.version, dayOf(each.publishedAt), each.commit, printable(remark(each))]),
  );
  if (versions.length === 0) out.line(`${ref.repo} has no published version`);
  out.result({ name: ref.repo, versions, ...(deprecated && { deprecated }) });
}

function remark({ yanked, deprecated }: PublishedVersion): string {
  if (yanked) return `yanked: ${yanked.reason.replace(/\s+/g, " ")}`;
  return deprecated ? `deprecated: ${deprecated.message.replace(/\s+/g, " ")}` : "";
}

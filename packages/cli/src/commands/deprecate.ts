import { deprecateVersions, HubClient, undeprecateVersions } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub/hub-connection.ts";
import { textOption } from "../cli/line/option-values.ts";
import { namedPackage } from "../cli/hub/named-package.ts";
import { packageName } from "../cli/hub/package-name.ts";
import { UsageError } from "../cli/errors/usage-error.ts";

/** `smoltools deprecate <owner/name[@range]> [message]` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, values, out, signal } = context;
  const ref = packageName(positionals[0] ?? "");
  const [, message] = positionals;
  const use = textOption(context, "use");
  const undo = values["undo"] === true;
  if (undo === (message !== undefined)) {
    throw new UsageError(
      `Say what to do instead, as in deprecate ${ref.repo} "use acme/other"; or --undo, without a message`,
    );
  }
  const client = new HubClient(hubConnection(context));
  const change = await out.progress(`Changing ${ref.repo}`, () =>
    message === undefined
      ? undeprecateVersions(client, ref, ref.revision, { signal })
      : deprecateVersions(client, ref, ref.revision, { message, ...(use !== undefined && { use }), signal }),
  );
  const what = ref.revision === undefined ? ref.repo : `${ref.repo} ${change.versions.join(", ")}`;
  const verb = undo ? "is not deprecated any more" : "is deprecated: everybody who uses it is told";
  out.line(`${what} ${change.changed ? verb : "was so already"}`);
  out.result(namedPackage(change));
}

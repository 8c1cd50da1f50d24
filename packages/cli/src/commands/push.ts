import { HubClient, permissionsText, pushPackage } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection, textOption } from "../cli/hub-connection.ts";
import { buildPackage } from "../package/build-package.ts";
import { warnings } from "../package/warnings.ts";

/** `smoltools push <file> <owner/name>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, values, out, signal } = context;
  const [file = "", name = ""] = positionals;
  const connection = hubConnection(context);
  const built = await buildPackage(file, {
    name,
    version: textOption(context, "version"),
    description: textOption(context, "description"),
    license: textOption(context, "license"),
    sandbox: connection.sandbox,
    signal,
  });
  for (const text of await warnings(built.warnings)) out.note(text);
  const client = new HubClient(connection);
  const dryRun = values["dry-run"] === true;
  const result = await pushPackage(client, built.packed, {
    private: values["private"] === true,
    force: values["force"] === true,
    dryRun,
    signal,
  });
  const { manifest, files } = built.packed;
  for (const [path, bytes] of files) {
    const mark = result.written.includes(path) ? "+" : " ";
    out.line(`${mark} ${path.padEnd(32)} ${String(bytes.byteLength).padStart(9)} bytes`);
  }
  for (const path of result.deleted) out.line(`- ${path}`);
  out.line(`permissions: ${permissionsText(manifest.permissions)}`);
  out.line(`integrity:   ${manifest.integrity}`);
  out.line(
    dryRun
      ? `nothing was published: ${name} ${manifest.version} would be`
      : `${out.style("green", "published")} ${name} ${manifest.version} on ${client.host} (${result.tag}, commit ${result.commit?.slice(0, 12)})`,
  );
  out.result(result);
}

import { loadPackage, lockFileName, parseRef, permissionsText } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection, textOption } from "../cli/hub-connection.ts";
import { UsageError } from "../cli/usage-error.ts";

/** `smoltools pull <ref...>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, values, out } = context;
  const lockFile = textOption(context, "lock-file") ?? lockFileName;
  const pulled: unknown[] = [];
  for (const ref of positionals) {
    if (parseRef(ref).kind === "folder") throw new UsageError(`${ref} is a folder: only packages of a hub are pulled`);
    await using loaded = await loadPackage(ref, {
      ...hubConnection(context),
      lockFile,
      update: values["update"] === true,
      ...(values["yes"] === true && { permissions: "declared" as const }),
    });
    const files = await loaded.download();
    const { manifest, permissions, resolved } = loaded;
    out.line(`${out.style("green", "pulled")} ${manifest.name} ${manifest.version} (${files} files)`);
    out.line(`  commit      ${resolved?.commit ?? "none: a folder"}`);
    out.line(`  integrity   ${manifest.integrity}`);
    out.line(`  permissions ${permissionsText(permissions)}`);
    pulled.push({
      ref,
      name: manifest.name,
      version: manifest.version,
      commit: resolved?.commit,
      integrity: manifest.integrity,
      permissions,
    });
  }
  out.line(`locked in ${lockFile}`);
  out.result(pulled);
}

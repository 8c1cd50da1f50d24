import { loadPackage, lockFileName, permissionsText } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection, textOption } from "../cli/hub-connection.ts";

/** `smoltools pull <ref...>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, values, out } = context;
  const lockFile = textOption(context, "lock-file") ?? lockFileName;
  const pulled: unknown[] = [];
  for (const ref of positionals) {
    await using loaded = await loadPackage(ref, {
      ...hubConnection(context),
      lockFile,
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

import { addPackages } from "@smoltools/hub";
import { permissionLines } from "../cli/ask-permissions.ts";
import type { CommandContext } from "../cli/command.ts";
import { packageOptions } from "../cli/package-options.ts";

/** `smoltools add <ref...>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, out } = context;
  const options = packageOptions(context);
  const added = await addPackages(positionals, options);
  for (const { key, manifest, permissions, wasLocked } of added) {
    const done = wasLocked ? "was locked already" : `${out.style("green", "locked")} in ${options.lockFile}`;
    out.line(`${key}: ${manifest.name} ${manifest.version} ${done}`);
    for (const line of permissionLines(permissions)) out.line(`  ${line}`);
  }
  out.result(
    added.map(({ key, manifest, resolved, permissions, wasLocked }) => ({
      ref: key,
      name: manifest.name,
      version: manifest.version,
      commit: resolved.commit,
      integrity: manifest.integrity,
      permissions,
      wasLocked,
    })),
  );
}

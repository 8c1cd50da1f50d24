import { addPackages } from "@smoltools/hub";
import { permissionLines } from "../cli/hub/ask-permissions.ts";
import type { CommandContext } from "../cli/command.ts";
import { packageOptions } from "../cli/hub/package-options.ts";

/** `smoltools add <ref...>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, out } = context;
  const options = packageOptions(context);
  const added = await out.progress("Choosing versions", () => addPackages(positionals, options));
  for (const { ref, name, version, commit, permissions, wasLocked } of added) {
    const done = wasLocked ? "was locked already" : `${out.style("green", "locked")} in ${options.lockFile}`;
    out.line(`${ref}: ${name} ${version ?? commit.slice(0, 12)} ${done}`);
    for (const line of permissionLines(permissions)) out.line(`  ${line}`);
  }
  out.result(added);
}

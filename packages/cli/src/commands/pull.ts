import { installPackages, lockFileName, parseRef, permissionsText } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { counted } from "../cli/output/counted.ts";
import { textOption } from "../cli/line/option-values.ts";
import { packageOptions } from "../cli/hub/package-options.ts";
import { printable } from "../cli/output/printable.ts";
import { UsageError } from "../cli/errors/usage-error.ts";

/** `smoltools pull <ref...>`: add and install in one. */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, values, out } = context;
  const options = packageOptions(context);
  const folder = positionals.find((ref) => parseRef(ref, options).kind === "folder");
  if (folder !== undefined) throw new UsageError(`${folder} is a folder: only packages of a hub are pulled`);
  const { installed } = await out.progress("Downloading", () =>
    installPackages(positionals, { ...options, update: values["update"] === true }),
  );
  for (const { name, version, commit, integrity, permissions, files } of installed) {
    out.line(`${out.style("green", "pulled")} ${name} ${version ?? commit.slice(0, 12)} (${counted(files, "file")})`);
    out.line(`  commit      ${commit}`);
    out.line(`  integrity   ${integrity}`);
    out.line(`  permissions ${printable(permissionsText(permissions))}`);
  }
  out.line(`locked in ${textOption(context, "lock-file") ?? lockFileName}`);
  out.result(installed);
}

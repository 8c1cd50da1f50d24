import { commandGrant } from "../cli/hub/ask-permissions.ts";
import type { CommandContext } from "../cli/command.ts";
import { exitCodes } from "../cli/exit-codes.ts";
import { sandboxOptions } from "../cli/hub/load-options.ts";
import { listOption, textOption } from "../cli/line/option-values.ts";
import { checkProject } from "../package/check/check-project.ts";
import { fixFile } from "../package/check/fix-file.ts";
import { showReport } from "../package/check/show-report.ts";
import { showText } from "../package/show-changes.ts";
import { projectSource } from "../project/project-source.ts";

/** `smoltools check [file or folder]` */
export async function run(context: CommandContext): Promise<number> {
  const { positionals, values, out, signal } = context;
  const source = await projectSource(positionals[0] ?? ".");
  const name = textOption(context, "name") ?? source.name;
  const fixed = values["fix"] === true ? await fixFile(source.file, signal) : undefined;
  if (fixed) {
    showText(out, fixed.diff);
    out.line();
  }
  const options = {
    load: sandboxOptions(context),
    version: textOption(context, "version"),
    offline: values["offline"] === true,
    allowSecrets: listOption(context, "allow-secret"),
    grant: commandGrant(context),
    signal,
  };
  const report = await out.progress(`Checking ${source.file}`, (step) =>
    checkProject({ file: source.file, ...(name !== undefined && { name }) }, options, step),
  );
  await showReport(out, report);
  out.result({ ...report, ...(fixed && { fixed: fixed.problems }) });
  return report.ok ? exitCodes.ok : exitCodes.failure;
}

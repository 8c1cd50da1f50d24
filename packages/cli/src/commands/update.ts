import { type PackageUpdate, permissionsText, updatePackages, type UpdatePoint } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { exitCodes } from "../cli/exit-codes.ts";
import { noteLeftAlone } from "../cli/hub/left-alone.ts";
import type { Output } from "../cli/output/output.ts";
import { namedRefs, packageOptions } from "../cli/hub/package-options.ts";
import { printable } from "../cli/output/printable.ts";
import { showFindings } from "../package/show-changes.ts";

/** `smoltools update [ref...]` */
export async function run(context: CommandContext): Promise<number> {
  const { values, out } = context;
  const options = packageOptions(context);
  const dryRun = values["dry-run"] === true;
  const refs = namedRefs(context, options);
  const result = await out.progress("Looking for newer versions", () => updatePackages(refs, { ...options, dryRun }));
  for (const update of result.updated) showUpdate(out, update);
  if (result.unchanged.length > 0) out.line(`unchanged: ${result.unchanged.join(", ")}`);
  for (const { ref, error } of result.failed) {
    out.error(`${out.style("red", "error")} ${ref}: ${printable(error.message)} [${error.code}]`);
  }
  if (dryRun) out.line("nothing was changed");
  noteLeftAlone(out, result);
  const failed = result.failed.map(({ ref, error }) => ({ ref, code: error.code, message: error.message }));
  out.result({ ...result, failed, dryRun });
  return failed.length > 0 ? exitCodes.failure : exitCodes.ok;
}

function showUpdate(out: Output, { ref, before, after, isOlder, grown, compatibility }: PackageUpdate): void {
  out.line(`${out.style("bold", ref)}: ${nameOf(before)} → ${out.style("green", nameOf(after))}`);
  if (isOlder)
    out.line(
      out.style("red", "  this is an older version: the one that was locked was withdrawn, or the hub hides it"),
    );
  if (permissionsText(grown) !== "none") {
    out.line(out.style("red", `  new permissions: ${printable(permissionsText(grown))}`));
  }
  if (compatibility) showFindings(out, nameOf(before), compatibility);
  else out.line(`  ${nameOf(before)} cannot be had any more: what changed is not known`);
}

function nameOf({ version, commit }: UpdatePoint): string {
  return version ?? commit.slice(0, 12);
}

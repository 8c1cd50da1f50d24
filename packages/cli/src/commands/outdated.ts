import { listOutdated, type OutdatedRef } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { counted } from "../cli/output/counted.ts";
import { noteLeftAlone } from "../cli/hub/left-alone.ts";
import { namedRefs, packageOptions } from "../cli/hub/package-options.ts";
import { printable } from "../cli/output/printable.ts";
import { showTable } from "../cli/output/show-table.ts";

/** `smoltools outdated [ref...]` */
export async function run(context: CommandContext): Promise<void> {
  const { out } = context;
  const options = packageOptions(context);
  const refs = namedRefs(context, options);
  const result = await out.progress("Looking for newer versions", () => listOutdated(refs, options));
  const rows = result.outdated.map((row) => [
    row.ref,
    row.locked,
    row.wanted ?? "-",
    row.latest ?? "-",
    printable(remark(row)),
  ]);
  if (rows.length === 0) out.line(`${counted(result.count, "ref")} ${result.count === 1 ? "is" : "are"} up to date`);
  else showTable(out, rows, { head: ["ref", "locked", "wanted", "latest", ""] });
  noteLeftAlone(out, result);
  const outdated = result.outdated.map(({ problem, ...row }) => ({
    ...row,
    ...(problem && { problem: { code: problem.code, message: problem.message } }),
  }));
  out.result({ ...result, outdated });
}

function remark({ yanked, deprecated, problem }: OutdatedRef): string {
  const remarks = [
    ...(yanked ? [`yanked: ${yanked.reason}`] : []),
    ...(deprecated ? [`deprecated: ${deprecated.message}`] : []),
    ...(problem ? [problem.message] : []),
  ];
  return remarks.join("; ").replace(/\s+/g, " ");
}

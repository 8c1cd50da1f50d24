import { auditPackages, severities } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { counted } from "../cli/output/counted.ts";
import { exitCodes } from "../cli/exit-codes.ts";
import { textOption } from "../cli/line/option-values.ts";
import { noteLeftAlone } from "../cli/hub/left-alone.ts";
import { namedRefs, packageOptions } from "../cli/hub/package-options.ts";
import { printable } from "../cli/output/printable.ts";

const colours = { critical: "red", high: "red", moderate: "yellow", low: "dim" } as const;

/** `smoltools audit [ref...]` */
export async function run(context: CommandContext): Promise<number> {
  const { out } = context;
  const level = severities.find((each) => each === textOption(context, "level")) ?? "low";
  const options = packageOptions(context);
  const { onWarning: _onWarning, ...quiet } = options;
  const refs = namedRefs(context, options);
  const result = await out.progress("Checking", () => auditPackages(refs, quiet));
  const counting = result.findings.filter(({ severity }) => severities.indexOf(severity) <= severities.indexOf(level));
  for (const { severity, code, ref, message } of result.findings) {
    out.line(`${out.style(colours[severity], severity.padEnd(8))} ${ref}: ${printable(message)} [${code}]`);
  }
  if (result.findings.length === 0) out.line(`nothing wrong with ${counted(result.count, "ref")}`);
  noteLeftAlone(out, result);
  out.result(result);
  return counting.length > 0 ? exitCodes.failure : exitCodes.ok;
}

import { auditPackages, severities, type Severity } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { exitCodes } from "../cli/exit-codes.ts";
import { textOption } from "../cli/option-values.ts";
import { noteLeftAlone } from "../cli/left-alone.ts";
import { namedRefs, packageOptions } from "../cli/package-options.ts";
import { printable } from "../cli/printable.ts";
import { UsageError } from "../cli/usage-error.ts";

const colours = { critical: "red", high: "red", moderate: "yellow", low: "dim" } as const;

/** `smoltools audit [ref...]` */
export async function run(context: CommandContext): Promise<number> {
  const { out } = context;
  const level = severityOf(textOption(context, "level") ?? "low");
  const options = packageOptions(context);
  const { onWarning: _onWarning, ...quiet } = options;
  const refs = namedRefs(context, options);
  const result = await out.progress("Checking", () => auditPackages(refs, quiet));
  const counting = result.findings.filter(({ severity }) => severities.indexOf(severity) <= severities.indexOf(level));
  for (const { severity, code, ref, message } of result.findings) {
    out.line(`${out.style(colours[severity], severity.padEnd(8))} ${ref}: ${printable(message)} [${code}]`);
  }
  if (result.findings.length === 0) out.line(`nothing wrong with ${result.count} refs`);
  noteLeftAlone(out, result);
  out.result(result);
  return counting.length > 0 ? exitCodes.failure : exitCodes.ok;
}

function severityOf(text: string): Severity {
  const severity = severities.find((each) => each === text);
  if (severity) return severity;
  throw new UsageError(`--level ${text} is none of ${severities.join(", ")}`);
}

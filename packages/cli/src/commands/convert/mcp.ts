import { commandLine } from "@smoltools/hub";
import type { CommandContext } from "../../cli/command.ts";
import { printable } from "../../cli/output/printable.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { convertMcp } from "../../convert/mcp/convert-mcp.ts";
import { runConversion } from "../../convert/run-conversion.ts";

/** `smoltools convert mcp <url>` and `smoltools convert mcp -- <command> <arguments…>` */
export async function run(context: CommandContext): Promise<void> {
  const [first = "", ...args] = context.positionals;
  const isUrl = /^https?:\/\//i.test(first) && args.length === 0;
  if (!isUrl && context.isMixed) {
    throw new UsageError(
      `Write -- before ${printable(first)}, so that the options behind it are its own: ` +
        `smoltools convert mcp [options] -- ${printable(first)} …`,
    );
  }
  await runConversion(context, {
    kind: "mcp",
    title: isUrl ? first : commandLine(first, args),
    options: [],
    takesVariables: true,
    read: (options) => convertMcp(isUrl ? { url: first } : { command: first, args }, options),
  });
}

import { commandLine } from "@smoltools/hub";
import type { CommandContext } from "../../cli/command.ts";
import { convertMcp } from "../../convert/mcp/convert-mcp.ts";
import { runConversion } from "../../convert/run-conversion.ts";

/** `smoltools convert mcp <url>` and `smoltools convert mcp -- <command> <arguments…>` */
export function run(context: CommandContext): Promise<void> {
  const [first = "", ...args] = context.positionals;
  const isUrl = /^https?:\/\//i.test(first) && args.length === 0;
  return runConversion(context, {
    kind: "mcp",
    title: isUrl ? first : commandLine(first, args),
    options: [],
    read: (options) => convertMcp(isUrl ? { url: first } : { command: first, args }, options),
  });
}

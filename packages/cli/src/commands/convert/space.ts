import type { CommandContext } from "../../cli/command.ts";
import { convertSpace } from "../../convert/space/convert-space.ts";
import { runConversion } from "../../convert/run-conversion.ts";

/** `smoltools convert space <owner/name or url>` */
export function run(context: CommandContext): Promise<void> {
  const [space = ""] = context.positionals;
  return runConversion(context, {
    kind: "space",
    title: space,
    options: [],
    takesVariables: true,
    read: (options) => convertSpace(space, options),
  });
}

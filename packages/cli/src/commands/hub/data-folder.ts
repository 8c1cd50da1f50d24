import { resolve } from "node:path";
import type { CommandContext } from "../../cli/command.ts";
import { textOption } from "../../cli/line/option-values.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";

/** The data folder of the hub that a command is about: `--data`, or `--root`, which means the same. */
export function dataFolder(context: Pick<CommandContext, "values">): string {
  const [data, root] = [textOption(context, "data"), textOption(context, "root")];
  if (data !== undefined && root !== undefined) throw new UsageError("--data and --root mean the same: give one");
  return resolve(data ?? root ?? "smoltools-hub");
}

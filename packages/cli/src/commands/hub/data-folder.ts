import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { CommandContext } from "../../cli/command.ts";
import { textOption } from "../../cli/line/option-values.ts";
import { printable } from "../../cli/output/printable.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";

/** The data folder of the hub that a command is about: `--data`, or `--root`, which means the same. */
export function dataFolder(context: Pick<CommandContext, "values">): string {
  const [data, root] = [textOption(context, "data"), textOption(context, "root")];
  if (data !== undefined && root !== undefined) throw new UsageError("--data and --root mean the same: give one");
  return resolve(data ?? root ?? "smoltools-hub");
}

/**
 * The data folder of a hub that is there. What is read or taken away makes no new hub.
 *
 * @throws UsageError when there is none.
 */
export function presentDataFolder(context: Pick<CommandContext, "values">): string {
  const folder = dataFolder(context);
  if (existsSync(folder)) return folder;
  const path = relative("", folder);
  const shown = path.startsWith("..") ? folder : `./${path}`;
  throw new UsageError(`There is no hub in ${printable(shown)}: name the folder of yours with --data`);
}

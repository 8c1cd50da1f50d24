import { formatRef, LockFile, parseRef } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { exitCodes } from "../cli/exit-codes.ts";
import { packageOptions } from "../cli/hub/package-options.ts";

/** `smoltools remove <ref or source...>` */
export async function run(context: CommandContext): Promise<number> {
  const { positionals, out } = context;
  const options = packageOptions(context);
  const lockFile = new LockFile(options.lockFile);
  const { sources = {} } = await lockFile.read();
  const keys = positionals.map((text) => {
    // An MCP server, say, is named as the lock file names it.
    if (Object.hasOwn(sources, text)) return text;
    const { tool: _tool, ...ref } = parseRef(text, options);
    return formatRef(ref);
  });
  const removed = await lockFile.remove(keys);
  const missing = keys.filter((key) => !removed.includes(key));
  for (const key of removed) out.line(`${out.style("green", "removed")} ${key} from ${options.lockFile}`);
  if (missing.length > 0) out.note(`${options.lockFile} does not hold ${missing.join(", ")}`);
  out.result({ removed, missing });
  return missing.length > 0 ? exitCodes.failure : exitCodes.ok;
}

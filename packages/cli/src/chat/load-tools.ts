import { loadPackage, parseRef } from "@smoltools/hub";
import type { Tool } from "smoltools";
import type { CommandContext } from "../cli/command.ts";
import { loadOptions } from "../cli/hub/load-options.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { openTarget } from "../package/open-target.ts";
import type { Owned } from "./owned.ts";

/**
 * Loads the tools of a ref, folder or source file: all, or the one that it names. Disposing of `owned` ends their
 * sandboxes.
 *
 * @throws UsageError when it names a tool that there is not; and what loading throws.
 */
export async function loadTools(context: CommandContext, target: string, owned: Owned): Promise<Tool[]> {
  const options = loadOptions(context);
  const opened = owned.use(await openTarget(target, options));
  const loaded = owned.use(await loadPackage(opened.ref, options));
  const { tool: wanted } = parseRef(opened.ref, options);
  const chosen = loaded.tools.filter(({ name }) => wanted === undefined || name === wanted);
  if (chosen.length === 0) throw new UsageError(`${target} names a tool that its package does not have`);
  return chosen;
}

import { parseRef } from "../ref/parse-ref.ts";
import type { HubTool } from "./hub-tool.ts";
import { chooseTool } from "./choose-tool.ts";
import type { LoadOptions } from "./load-options.ts";
import { loadPackage } from "./load-package.ts";

/**
 * Loads one tool of a package.
 *
 * @param ref - `owner/name@range`, with `#tool` when the package has several; or a folder.
 * @returns The tool. `await using`, or its `Symbol.asyncDispose`, ends its sandboxes.
 * @throws PackageError `TOOL_NOT_FOUND`, and everything that `loadPackage` throws.
 *
 * @example
 * await using weather = await loadTool("acme/weather@^1.2", { sandbox: quickjs() });
 * await weather.call({ city: "Oslo" });
 */
export async function loadTool(ref: string, options: LoadOptions): Promise<HubTool> {
  const loaded = await loadPackage(ref, options);
  try {
    return chooseTool(loaded, parseRef(ref));
  } catch (error) {
    await loaded[Symbol.asyncDispose]();
    throw error;
  }
}

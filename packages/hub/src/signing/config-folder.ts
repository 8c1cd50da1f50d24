import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder of what a person's smoltools keeps: keys, and whose keys are trusted.
 *
 * `SMOLTOOLS_HOME`, else `$XDG_CONFIG_HOME/smoltools`, else `~/.config/smoltools`.
 */
export function configFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (env["SMOLTOOLS_HOME"]) return env["SMOLTOOLS_HOME"];
  return join(env["XDG_CONFIG_HOME"] || join(env["HOME"] || homedir(), ".config"), "smoltools");
}

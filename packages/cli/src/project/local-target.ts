import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { parseRef } from "@smoltools/hub";

/** What a command line names: a path or ref, and a tool that stands behind its `#`. */
export interface LocalTarget {
  path: string;
  tool?: string;
}

/**
 * The path that `file:./folder` and `./folder#tool` name, so that the folder of a project can be written like that of a
 * package. What exists as it is written, and the ref of a hub, stay as they are.
 *
 * @throws PackageError `REF_INVALID`.
 */
export function localTarget(target: string): LocalTarget {
  const isLocal = /^(?:file:|\.{1,2}(?:[/\\#]|$)|[/\\]|[A-Za-z]:[/\\])/.test(target);
  const ref = isLocal && !existsSync(target) ? parseRef(target) : undefined;
  if (ref?.kind !== "folder") return { path: target };
  // A name without a dot in front would be one of a hub.
  const isPath = isAbsolute(ref.path) || /^\.{1,2}(?:[/\\]|$)/.test(ref.path);
  return { path: isPath ? ref.path : `./${ref.path}`, ...(ref.tool !== undefined && { tool: ref.tool }) };
}

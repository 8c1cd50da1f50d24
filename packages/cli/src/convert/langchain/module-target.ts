import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../../cli/errors/usage-error.ts";

/** A module, and which of its exports is meant. */
export interface ModuleTarget {
  /** As it was written. */
  specifier: string;
  /** Absolute path, where it is a file and not a package. */
  file?: string;
  /** Absent where nobody says which. */
  exportName?: string;
}

/**
 * Reads `./weather.ts#weather` or `@langchain/community/tools/calculator#Calculator`.
 *
 * @throws UsageError for what names no module.
 */
export function moduleTarget(text: string): ModuleTarget {
  const [, specifier = "", exportName] = /^(.*?)(?:#([^#]*))?$/s.exec(text) ?? [];
  if (specifier === "" || exportName === "" || (exportName !== undefined && !/^[A-Za-z_$][\w$]*$/.test(exportName))) {
    throw new UsageError(`${text} names no module: write a file or a package, and #name for one of its exports`);
  }
  // A name without a dot in front may be a file beside us as well as a package.
  const isPath = /^(?:\.{1,2}[/\\]|[/\\]|[A-Za-z]:[/\\])/.test(specifier);
  const isFile = isPath || (/\.[cm]?[jt]sx?$/.test(specifier) && existsSync(specifier));
  return {
    specifier,
    ...(isFile && { file: resolve(specifier) }),
    ...(exportName !== undefined && { exportName }),
  };
}

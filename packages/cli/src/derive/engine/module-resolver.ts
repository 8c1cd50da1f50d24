import type { ts } from "ts-morph";
import type { TypeScript } from "./load-typescript.ts";
import { isUnneeded, neededNames } from "./needed-names.ts";

/**
 * Resolves the imports of a program.
 *
 * @param thrifty - Leave out what the user's declarations do not need: the types of a large package that a tool uses
 *   only inside its functions would be most of the work.
 */
export function moduleResolver(
  ts: TypeScript,
  options: ts.CompilerOptions,
  host: ts.CompilerHost,
  thrifty: boolean,
): NonNullable<ts.CompilerHost["resolveModuleNameLiterals"]> {
  const cache = ts.createModuleResolutionCache(host.getCurrentDirectory(), host.getCanonicalFileName, options);
  return (specifiers, path, redirect, _options, file) => {
    // The names that a JavaScript file needs are in its comments too.
    const isUsers = !path.includes("/node_modules/") && /\.[cm]?tsx?$/.test(path);
    const needed = thrifty && isUsers ? neededNames(ts, file) : undefined;
    return specifiers.map((specifier) => {
      if (needed && isUnneeded(ts, specifier, needed)) return { resolvedModule: undefined };
      const mode = ts.getModeForUsageLocation(file, specifier, options);
      return ts.resolveModuleName(specifier.text, path, options, host, cache, redirect, mode);
    });
  };
}

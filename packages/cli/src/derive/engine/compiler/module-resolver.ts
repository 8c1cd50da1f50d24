import type { ts } from "ts-morph";
import type { TypeScript } from "./load-typescript.ts";
import { isUnneeded, neededNames } from "./needed-names.ts";
import { PathMappings } from "./path-mappings.ts";

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
  const mappings = new PathMappings(ts, options, host);
  return (specifiers, path, redirect, _options, file) => {
    const isUsers = !path.includes("/node_modules/");
    // The names that a JavaScript file needs are in its comments too.
    const needed = thrifty && isUsers && /\.[cm]?tsx?$/.test(path) ? neededNames(ts, file) : undefined;
    return specifiers.map((specifier) => {
      if (needed && isUnneeded(ts, specifier, needed)) return { resolvedModule: undefined };
      const isRelative = /^\.{0,2}\//.test(specifier.text);
      const mapped = isRelative || !isUsers ? options : mappings.optionsFor(path);
      const mode = ts.getModeForUsageLocation(file, specifier, options);
      const known = mapped === options ? cache : undefined;
      return ts.resolveModuleName(specifier.text, path, mapped, host, known, redirect, mode);
    });
  };
}

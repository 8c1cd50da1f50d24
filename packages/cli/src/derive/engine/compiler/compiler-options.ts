import type { ts } from "ts-morph";
import type { Library } from "./libraries.ts";
import type { TypeScript } from "./load-typescript.ts";

/**
 * The options of every derivation; the user's `tsconfig.json` is never read.
 *
 * Without `strict`, `null` and `undefined` vanish from types. With stable ordering, the members of unions and of
 * mapped types do not depend on what else the compiler has seen. Resolution is that of bundlers, because it accepts
 * every way of writing a relative import: `./x`, `./x.js` and `./x.ts`.
 */
export function compilerOptions(ts: TypeScript, library: Library): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    customConditions: ["node"],
    lib: [...library.names],
    types: [...library.types],
    strict: true,
    allowJs: true,
    checkJs: true,
    maxNodeModuleJsDepth: 0,
    resolveJsonModule: true,
    jsx: ts.JsxEmit.Preserve,
    noEmit: true,
    skipLibCheck: true,
    stableTypeOrdering: true,
  };
}

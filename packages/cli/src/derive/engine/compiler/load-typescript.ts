import { createRequire } from "node:module";
import type { ts } from "ts-morph";

/** The compiler's API, as a value to hand around: it is loaded only when something is derived. */
export type TypeScript = typeof ts;

let loaded: TypeScript | undefined;

/**
 * Loads the TypeScript 6 that ts-morph bundles, and not ts-morph: its own 3 MB, the texts of the standard library among
 * them, would take half as long again, and are needed for the full library only.
 */
export async function loadTypeScript(): Promise<TypeScript> {
  loaded ??= bundledTypeScript();
  return loaded;
}

function bundledTypeScript(): TypeScript {
  const own = createRequire(import.meta.url);
  const ofTsMorph = createRequire(own.resolve("ts-morph"));
  return ofTsMorph("@ts-morph/common/dist/typescript.js") as TypeScript;
}

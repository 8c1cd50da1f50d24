import type { ts } from "ts-morph";

/** The compiler's API, as a value to hand around: it is loaded only when something is derived. */
export type TypeScript = typeof ts;

/** Loads the TypeScript 6 that ts-morph bundles. Takes about 200 ms the first time. */
export async function loadTypeScript(): Promise<TypeScript> {
  const { ts } = await import("ts-morph");
  return ts;
}

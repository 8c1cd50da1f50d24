import type { PackedPackage } from "../../../scripts/release/pack-packages.ts";

/** Versions of Node.js that the packages are tried on: the oldest that they support, and the newest of each line. */
export const nodeVersions = ["20.19.0", "22.23.3", "24.21.0"] as const;

/** Projects that have installed the tarballs, with what they are tried with. */
export interface Consumers {
  packed: PackedPackage[];
  /** Has installed `smoltools` and what it brings, and nothing else: no optional library, no types. */
  umbrella: string;
  /** Has installed everything, `@smoltools/cli` too, and TypeScript 5.9 as `typescript-5`, and the types of Node.js 20. */
  everything: string;
  /** Programs of Node.js, by version. */
  nodes: Record<string, string>;
}

declare module "vitest" {
  interface ProvidedContext {
    consumers: Consumers;
  }
}

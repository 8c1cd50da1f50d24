/** A package whose functions are derived. */
export interface DerivedPackage {
  /** As people call it. */
  name: string;
  /** What is installed for its types, if that is another package. */
  typesFrom?: string;
  /** Re-exports its functions; all of them unless it says otherwise. */
  source?: string;
  /** It exports one namespace with `export =`, so that its functions have to be named. */
  isNamespace?: boolean;
}

/** Well-known packages with declarations, of different styles: written by hand, emitted, generic, overloaded. */
export const packages: readonly DerivedPackage[] = [
  { name: "change-case" },
  { name: "d3-array", typesFrom: "@types/d3-array" },
  { name: "date-fns" },
  { name: "fastest-levenshtein" },
  { name: "he", typesFrom: "@types/he" },
  { name: "jsonc-parser" },
  { name: "lodash-es", typesFrom: "@types/lodash-es" },
  { name: "marked" },
  { name: "minimatch" },
  { name: "ms", typesFrom: "@types/ms", source: 'import ms from "ms";\nexport { ms };' },
  { name: "nanoid" },
  { name: "papaparse", typesFrom: "@types/papaparse" },
  { name: "pretty-bytes", source: 'export { default as prettyBytes } from "pretty-bytes";' },
  { name: "qs", typesFrom: "@types/qs", isNamespace: true },
  { name: "semver", typesFrom: "@types/semver" },
  { name: "simple-statistics" },
  { name: "slugify", source: 'export { default as slugify } from "slugify";' },
  { name: "uuid" },
  { name: "validator", typesFrom: "@types/validator", isNamespace: true },
  { name: "yaml" },
  { name: "zod" },
];

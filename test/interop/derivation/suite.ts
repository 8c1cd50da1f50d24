import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { JsonSchema } from "@smoltools/core";

/** A program of the test suite of typescript-json-schema, with the type that it is about. */
export interface SuiteCase {
  name: string;
  type: string;
  /** Its files, by name. */
  files: Readonly<Record<string, string>>;
  /** What the suite expects. */
  expected: JsonSchema;
}

/** The last version of the package that brings its tests along. */
const root = dirname(createRequire(import.meta.url).resolve("typescript-json-schema-suite/package.json"));

/** The programs for which the suite names a type. */
export function suiteCases(): SuiteCase[] {
  const test = readFileSync(join(root, "test/schema.test.js"), "utf8");
  return [...test.matchAll(/assertSchema\("([^"]+)", "([^"*]+)"/g)].map(([, name = "", type = ""]) => {
    const folder = join(root, "test/programs", name);
    const files = globSync(join(folder, "*.ts")).map((path) => [basename(path), readFileSync(path, "utf8")]);
    const expected: JsonSchema = JSON.parse(readFileSync(join(folder, "schema.json"), "utf8"));
    return { name, type, files: Object.fromEntries(files), expected };
  });
}

import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The root of the workspace. */
export const root: string = join(import.meta.dirname, "..", "..");

/** A package that is published. */
export interface WorkspacePackage {
  name: string;
  version: string;
  /** Its folder, from the root of the workspace. */
  folder: string;
  /** What `import` can name: `"."`, `"./testing"`. Those that only start a program are left out. */
  subpaths: string[];
  /** Those of its dependencies that are packages of the workspace. */
  needs: string[];
}

interface Manifest {
  name: string;
  version: string;
  exports: Record<string, { types?: string }>;
  dependencies?: Record<string, string>;
}

/** Every package that is published, each behind those that it needs. */
export function workspacePackages(): WorkspacePackage[] {
  const found = globSync("packages/*/package.json", { cwd: root }).map((path): WorkspacePackage => {
    const {
      name,
      version,
      exports,
      dependencies = {},
    } = JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest;
    const needs = Object.entries(dependencies).filter(([, range]) => range.startsWith("workspace:"));
    const subpaths = Object.entries(exports).filter(([, { types }]) => types !== undefined);
    return {
      name,
      version,
      folder: dirname(path),
      subpaths: subpaths.map(([subpath]) => subpath),
      needs: needs.map(([needed]) => needed),
    };
  });
  const ordered: WorkspacePackage[] = [];
  while (ordered.length < found.length) {
    const next = found.find(
      (one) => !ordered.includes(one) && one.needs.every((name) => ordered.some((earlier) => earlier.name === name)),
    );
    if (!next) throw new Error("The packages need each other in a circle");
    ordered.push(next);
  }
  return ordered;
}

/** The specifier that imports a subpath of a package. */
export const specifierOf = (name: string, subpath: string): string => `${name}${subpath.slice(1)}`;

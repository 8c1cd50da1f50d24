import { basename } from "node:path";

/** The name of a package that is not published: `local/` and what its source file is called. */
export function localName(file: string): string {
  const stem = basename(file)
    .replace(/\.\w+$/, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `local/${stem || "tool"}`;
}

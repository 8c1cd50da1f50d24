// Derives the functions of well-known packages, and writes what came of it into docs/derived-packages.md.
// usage: node --conditions=@smoltools/source scripts/derive-packages.ts [package...]   with names: only prints
import { readFileSync, writeFileSync } from "node:fs";
import { derivePackage } from "./derived-packages/derive-package.ts";
import { packages } from "./derived-packages/packages.ts";
import { packageLines, totals, withTables } from "./derived-packages/page.ts";

const names = process.argv.slice(2);
const summaries: string[] = [];
const refusals: string[] = [];
const all = [];
for (const one of packages) {
  if (names.length > 0 && !names.includes(one.name)) continue;
  const results = await derivePackage(one);
  const lines = packageLines(one, results);
  console.log([lines.summary, ...lines.refusals].join("\n"));
  all.push(results);
  summaries.push(lines.summary);
  refusals.push(...lines.refusals);
}
if (names.length === 0) {
  const page = new URL("../docs/derived-packages.md", import.meta.url);
  writeFileSync(page, withTables(readFileSync(page, "utf8"), [...summaries, totals(all)], refusals));
}

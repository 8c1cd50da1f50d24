import type { FunctionResult } from "./derive-package.ts";
import { installedFile } from "./installed-file.ts";
import type { DerivedPackage } from "./packages.ts";

/** The line of a package in the table, and those of what was refused in it. */
export interface PackageLines {
  summary: string;
  refusals: string[];
}

/** What the page says of a package. */
export function packageLines(derived: DerivedPackage, results: readonly FunctionResult[]): PackageLines {
  const name = `${derived.name} ${installedVersion(derived.typesFrom ?? derived.name)}`;
  const refused = results.filter(({ described }) => !described);
  const summary = [
    `\`${name}\`${derived.typesFrom ? ` (\`${derived.typesFrom}\`)` : ""}`,
    results.length,
    results.filter(({ asItIs }) => asItIs).length,
    results.length - refused.length,
    refused.length,
  ];
  const byCode = Map.groupBy(refused, ({ problems }) => problems[0]?.code ?? "none");
  const refusals = [...byCode]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, of]) => {
      const [first] = of;
      const example = first ? `\`${first.name}\`: ${cell(first.problems[0]?.message ?? "")}` : "";
      return `| \`${derived.name}\` | \`${code}\` | ${of.length} | ${example} |`;
    });
  return { summary: `| ${summary.join(" | ")} |`, refusals };
}

/** The rows of totals. */
export function totals(all: readonly (readonly FunctionResult[])[]): string {
  const functions = all.flat();
  const derived = functions.filter(({ described }) => described).length;
  const asIs = functions.filter(({ asItIs }) => asItIs).length;
  return `| **all** | ${functions.length} | ${asIs} | ${derived} | ${functions.length - derived} |`;
}

/** The page with the lines of its two tables in the place of those that it has. */
export function withTables(page: string, summaries: readonly string[], refusals: readonly string[]): string {
  const replaced = (text: string, head: string, lines: readonly string[]): string => {
    const start = text.indexOf(head);
    if (start === -1) throw new Error(`The page has no table ${JSON.stringify(head)}`);
    const body = text.indexOf("\n", text.indexOf("\n", start) + 1) + 1;
    const rest = text.slice(body).replace(/^(?:\|.*\n)*/, "");
    return `${text.slice(0, body)}${lines.map((line) => `${line}\n`).join("")}${rest}`;
  };
  return replaced(replaced(page, "| package | functions |", summaries), "| package | code |", refusals);
}

function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function installedVersion(name: string): string {
  return String((JSON.parse(installedFile(name, "package.json")) as { version: unknown }).version);
}

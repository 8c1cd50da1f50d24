import { type FoundPackage, HubClient, type SearchOptions, type SearchSummary, searchPackages } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { counted } from "../cli/output/counted.ts";
import { hubConnection } from "../cli/hub/hub-connection.ts";
import { namedPackage } from "../cli/hub/named-package.ts";
import { listOption, textOption } from "../cli/line/option-values.ts";
import type { Output } from "../cli/output/output.ts";
import { printable } from "../cli/output/printable.ts";
import { showTable } from "../cli/output/show-table.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { ageText } from "../cli/output/age.ts";

/** Most values of a facet that are shown to people. */
const shownFacetValues = 8;

/** `smoltools search [words...]` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, out, signal } = context;
  const client = new HubClient(hubConnection(context));
  let summary: SearchSummary | undefined;
  const options: SearchOptions = { ...searchOptions(context), signal, onSummary: (found) => (summary = found) };
  const results: FoundPackage[] = [];
  await out.progress(`Searching ${client.host}`, async (step) => {
    for await (const found of searchPackages(client, positionals.join(" "), options)) {
      results.push(found);
      step(`${results.length} found`);
    }
  });
  if (results.length === 0) out.line("nothing was found");
  else
    showTable(
      out,
      results.flatMap((found) => rowsOf(out, found)),
      { head: ["package", "version", "updated", "what it does"] },
    );
  if (summary) showSummary(out, summary, results.length);
  out.result({ ...summary, results: results.map(namedPackage) });
}

function searchOptions(context: CommandContext): SearchOptions {
  const [owner, runtime] = [textOption(context, "owner"), textOption(context, "runtime")];
  return {
    tags: listOption(context, "tag"),
    inputs: listOption(context, "input"),
    outputs: listOption(context, "output"),
    permissions: listOption(context, "permission"),
    ...(owner !== undefined && { owner }),
    ...(runtime !== undefined && { runtime }),
    limit: limitOf(textOption(context, "limit") ?? "20"),
  };
}

function limitOf(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UsageError(`--limit ${text} is not a number of packages: use 1 to 9999`);
}

/** A package, and below it its tools and what speaks against it. */
function rowsOf(out: Output, found: FoundPackage): string[][] {
  const { repo, kind, version = "", lastModified, description = "", tools = [], deprecated } = found;
  const rows = [
    [out.style("bold", firstLine(repo)), firstLine(version), ageText(lastModified), firstLine(description)],
  ];
  if (kind === "agent") rows.push(["", "", "", out.style("dim", firstLine(agentText(tools.map(({ name }) => name))))]);
  else for (const tool of tools) rows.push(["", "", "", out.style("dim", toolText(tool))]);
  if (deprecated !== undefined)
    rows.push(["", "", "", `${out.style("yellow", "deprecated")} ${firstLine(deprecated)}`]);
  return rows;
}

function agentText(tools: readonly string[]): string {
  return tools.length === 0 ? "an agent" : `an agent with ${tools.join(", ")}`;
}

/** `forecast(city: string, days: number) -> string` */
function toolText({ name, inputs, outputs }: NonNullable<FoundPackage["tools"]>[number]): string {
  const parameters = inputs.map((input) => `${input.name}: ${input.types.join(" | ")}`);
  const output = outputs.find((part) => part.name === "")?.types.join(" | ") ?? "";
  return firstLine(`${name}(${parameters.join(", ")})${output === "" ? "" : ` -> ${output}`}`);
}

function showSummary(out: Output, { total, facets }: SearchSummary, shown: number): void {
  out.note("");
  const packages = counted(total, "package");
  out.note(total > shown ? `${shown} of ${packages}; --limit shows more` : packages);
  for (const [facet, values] of Object.entries(facets)) {
    const listed = values.slice(0, shownFacetValues).map(({ value, count }) => `${value} (${count})`);
    if (listed.length > 0) out.note(`  --${facet.padEnd(10)} ${printable(listed.join(", "))}`);
  }
}

/** The first line, without characters that would steer a terminal: it is anybody's text. */
function firstLine(text: string): string {
  return printable((text.split("\n", 1)[0] ?? "").slice(0, 160));
}

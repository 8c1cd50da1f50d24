import { isSmoltoolsError, renderDeclarations } from "@smoltools/core";
import {
  inlineAgents,
  inspectAgent,
  type InspectedAgent,
  type InspectedPackage,
  inspectPackage,
  permissionsText,
  sourceText,
} from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { type DatedVersion, datedVersions, dayOf } from "../cli/hub/dated-versions.ts";
import { type CommandConnection, hubConnection } from "../cli/hub/hub-connection.ts";
import type { Output } from "../cli/output/output.ts";
import { printable } from "../cli/output/printable.ts";
import { showTable } from "../cli/output/show-table.ts";
import { showNotes } from "../package/show-changes.ts";

/** Most versions that are listed. */
const maxVersions = 12;
/** Most examples of a tool that are shown. */
const maxExamples = 3;

/** What a package says of itself, and when its versions were published. */
type Dated<T extends InspectedPackage | InspectedAgent> = Omit<T, "versions"> & { versions: DatedVersion[] };

/** `smoltools info <ref>` */
export async function run(context: CommandContext): Promise<void> {
  const {
    positionals: [ref = ""],
    out,
  } = context;
  const connection = hubConnection(context);
  await out.progress(`Reading ${ref}`, async () => {
    try {
      showTools(out, await dated(await inspectPackage(ref, connection), connection));
    } catch (error) {
      if (!isSmoltoolsError(error, "MANIFEST_MISSING")) throw error;
      const agent = await inspectAgent(ref, connection).catch((other: unknown) => {
        throw isSmoltoolsError(other, "AGENT_FILE_MISSING") ? error : other;
      });
      showAgent(out, await dated(agent, connection));
    }
  });
}

async function dated<T extends InspectedPackage | InspectedAgent>(
  info: T,
  connection: CommandConnection,
): Promise<Dated<T>> {
  const { versions, resolved } = info;
  return { ...info, versions: resolved ? await datedVersions(versions, resolved, connection) : versions };
}

function showTools(out: Output, info: Dated<InspectedPackage>): void {
  const { manifest } = info;
  const { source } = manifest;
  showCommon(out, info, [
    ["runtime", manifest.runtime],
    ["converted from", source ? printable(sourceText(source)) : ""],
  ]);
  out.line();
  out.line(printable(renderDeclarations(manifest.tools)));
  for (const { name, examples = [] } of manifest.tools) {
    for (const { input, output } of examples.slice(0, maxExamples)) {
      const result = output === undefined ? "" : ` → ${JSON.stringify(output)}`;
      out.line(out.style("dim", printable(`// ${name}(${JSON.stringify(input)})${result}`)));
    }
  }
  if (manifest.tools.length === 0) out.line("What its tools are only its file knows: it is a tool of smolagents.");
}

function showAgent(out: Output, info: Dated<InspectedAgent>): void {
  const agents = inlineAgents(info.manifest.agent);
  const { model, managedAgents } = info.manifest.agent;
  const tools = agents.flatMap((agent) =>
    agent.tools.map((tool) => (tool.kind === "built-in" ? tool.name : tool.tool)),
  );
  const inPackages = managedAgents.flatMap((record) => (record.kind === "package" ? [record.ref] : []));
  const managed = [...agents.slice(1).map(({ options }) => options.name ?? ""), ...inPackages];
  showCommon(out, info, [
    ["agent", info.manifest.agent.class],
    ["model", printable(`${model.id} (${model.provider})`)],
    ["tools", printable([...new Set(tools)].join(", "))],
    ["manages", printable(managed.join(", "))],
  ]);
}

/** What packages of tools and of agents have in common. */
function showCommon(
  out: Output,
  { manifest, resolved, versions: published, deprecated }: Dated<InspectedPackage> | Dated<InspectedAgent>,
  own: readonly [name: string, value: string][],
): void {
  const { publishedAt } = published.find(({ version }) => version === manifest.version) ?? {};
  out.line(`${out.style("bold", manifest.name)} ${manifest.version}`);
  out.line(printable(manifest.description));
  if (deprecated) out.line(`${out.style("yellow", "deprecated")} ${printable(deprecated.message)}`);
  out.line();
  const rows: [string, string][] = [
    ["versions", versionsText(published)],
    ["license", printable(manifest.license ?? "not stated")],
    ["keywords", printable((manifest.keywords ?? []).join(", "))],
    ...own,
    ["permissions", printable(permissionsText(manifest.permissions))],
    ["signed", (manifest.signers ?? []).length > 0 ? "yes" : "no"],
    ["integrity", manifest.integrity],
    ["commit", resolved?.commit ?? ""],
  ];
  showTable(
    out,
    rows.filter(([, value]) => value !== ""),
  );
  showNotes(out, manifest.notes);
  out.result({
    ...manifest,
    versions: published.map(({ version }) => version),
    ...(resolved && { commit: resolved.commit }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(deprecated && { deprecated }),
    yanked: published.filter(({ yanked }) => yanked).map(({ version }) => version),
  });
}

/** The newest ones, and how many more there are. */
function versionsText(published: readonly DatedVersion[]): string {
  const more = published.length > maxVersions ? `, and ${published.length - maxVersions} more: smoltools versions` : "";
  return published.slice(0, maxVersions).map(marked).join(", ") + more;
}

/** `1.2.0 (2026-11-21, yanked)` */
function marked({ version, publishedAt, yanked, deprecated }: DatedVersion): string {
  const state = yanked ? "yanked" : deprecated ? "deprecated" : "";
  const remarks = [dayOf(publishedAt), state].filter((text) => text !== "");
  return remarks.length === 0 ? version : `${version} (${remarks.join(", ")})`;
}

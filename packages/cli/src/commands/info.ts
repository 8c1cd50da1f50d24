import { renderDeclarations } from "@smoltools/core";
import { inspectPackage, permissionsText, type PublishedVersion } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub-connection.ts";
import { printable } from "../cli/printable.ts";
import { showNotes } from "../package/show-changes.ts";

/** `smoltools info <ref>` */
export async function run(context: CommandContext): Promise<void> {
  const {
    positionals: [ref = ""],
    out,
  } = context;
  const { manifest, resolved, versions: published, deprecated } = await inspectPackage(ref, hubConnection(context));
  const versions = published.map(({ version }) => version);
  out.line(`${out.style("bold", manifest.name)} ${manifest.version}`);
  out.line(printable(manifest.description));
  out.line();
  if (versions.length > 0) out.line(`versions     ${published.map(marked).join(", ")}`);
  out.line(`license      ${printable(manifest.license ?? "not stated")}`);
  out.line(`runtime      ${manifest.runtime}`);
  out.line(`permissions  ${printable(permissionsText(manifest.permissions))}`);
  out.line(`integrity    ${manifest.integrity}`);
  if (resolved) out.line(`commit       ${resolved.commit}`);
  showNotes(out, manifest.notes);
  out.line();
  out.line(printable(renderDeclarations(manifest.tools)));
  out.result({
    ...manifest,
    versions,
    ...(resolved && { commit: resolved.commit }),
    ...(deprecated && { deprecated }),
    yanked: published.filter(({ yanked }) => yanked).map(({ version }) => version),
  });
}

function marked({ version, yanked, deprecated }: PublishedVersion): string {
  if (yanked) return `${version} (yanked)`;
  return deprecated ? `${version} (deprecated)` : version;
}

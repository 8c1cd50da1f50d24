import { renderDeclarations } from "@smoltools/core";
import { inspectPackage, permissionsText, type PublishedVersion } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub-connection.ts";
import { printable } from "../cli/printable.ts";
import { showTable } from "../cli/show-table.ts";
import { showNotes } from "../package/show-changes.ts";

/** Most versions that are listed. */
const maxVersions = 12;
/** Most examples of a tool that are shown. */
const maxExamples = 3;

/** `smoltools info <ref>` */
export async function run(context: CommandContext): Promise<void> {
  const {
    positionals: [ref = ""],
    out,
  } = context;
  const info = await out.progress(`Reading ${ref}`, () => inspectPackage(ref, hubConnection(context)));
  const { manifest, resolved, versions: published, deprecated } = info;
  const versions = published.map(({ version }) => version);
  out.line(`${out.style("bold", manifest.name)} ${manifest.version}`);
  out.line(printable(manifest.description));
  if (deprecated) out.line(`${out.style("yellow", "deprecated")} ${printable(deprecated.message)}`);
  out.line();
  showTable(
    out,
    [
      ["versions", versionsText(published)],
      ["license", printable(manifest.license ?? "not stated")],
      ["keywords", printable((manifest.keywords ?? []).join(", "))],
      ["runtime", manifest.runtime],
      ["permissions", printable(permissionsText(manifest.permissions))],
      ["signed", (manifest.signers ?? []).length > 0 ? "yes" : "no"],
      ["integrity", manifest.integrity],
      ["commit", resolved?.commit ?? ""],
    ].filter(([, value]) => value !== ""),
  );
  showNotes(out, manifest.notes);
  out.line();
  out.line(printable(renderDeclarations(manifest.tools)));
  for (const { name, examples = [] } of manifest.tools) {
    for (const { input, output } of examples.slice(0, maxExamples)) {
      out.line(
        out.style(
          "dim",
          printable(
            `// ${name}(${JSON.stringify(input)})${output === undefined ? "" : ` → ${JSON.stringify(output)}`}`,
          ),
        ),
      );
    }
  }
  out.result({
    ...manifest,
    versions,
    ...(resolved && { commit: resolved.commit }),
    ...(deprecated && { deprecated }),
    yanked: published.filter(({ yanked }) => yanked).map(({ version }) => version),
  });
}

/** The newest ones, and how many more there are. */
function versionsText(published: readonly PublishedVersion[]): string {
  const more = published.length > maxVersions ? `, and ${published.length - maxVersions} more: smoltools versions` : "";
  return published.slice(0, maxVersions).map(marked).join(", ") + more;
}

function marked({ version, yanked, deprecated }: PublishedVersion): string {
  if (yanked) return `${version} (yanked)`;
  return deprecated ? `${version} (deprecated)` : version;
}

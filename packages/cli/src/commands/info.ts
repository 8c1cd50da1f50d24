import { renderDeclarations } from "@smoltools/core";
import { inspectPackage, permissionsText } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { hubConnection } from "../cli/hub-connection.ts";

/** `smoltools info <ref>` */
export async function run(context: CommandContext): Promise<void> {
  const {
    positionals: [ref = ""],
    out,
  } = context;
  const { manifest, resolved, versions: published } = await inspectPackage(ref, hubConnection(context));
  const versions = published.map(({ version }) => version);
  out.line(`${out.style("bold", manifest.name)} ${manifest.version}`);
  out.line(manifest.description);
  out.line();
  if (versions.length > 0) out.line(`versions     ${versions.join(", ")}`);
  out.line(`license      ${manifest.license ?? "not stated"}`);
  out.line(`runtime      ${manifest.runtime}`);
  out.line(`permissions  ${permissionsText(manifest.permissions)}`);
  out.line(`integrity    ${manifest.integrity}`);
  if (resolved) out.line(`commit       ${resolved.commit}`);
  out.line();
  out.line(renderDeclarations(manifest.tools));
  out.result({ ...manifest, versions, ...(resolved && { commit: resolved.commit }) });
}

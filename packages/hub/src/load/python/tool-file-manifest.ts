import { sha256, sha512Integrity } from "../../integrity/hash.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import type { ResolvedRef } from "../../ref/resolved-ref.ts";

/** The file with the tool, in a repo that smolagents published, and in packages of Python. */
export const toolFileName = "tool.py";

/** The version of what has none: it says which commit it is, and is below every other. */
function versionOf({ version, commit }: Pick<ResolvedRef, "version" | "commit">): string {
  return version ?? `0.0.0+${commit.slice(0, 12)}`;
}

/**
 * A manifest for a file of Python that came without one. Its tools are not in it: only the file itself knows them.
 *
 * It declares what the caller grants, since the file declares nothing. Its integrity is that of the file alone: what a
 * lock file pins are these bytes.
 */
export function toolFileManifest(resolved: ResolvedRef, source: Uint8Array, permissions: Permissions): Manifest {
  return {
    schemaVersion: 1,
    name: resolved.repo,
    version: versionOf(resolved),
    description: "A tool in Python, published with smolagents.",
    tools: [],
    entry: toolFileName,
    runtime: "python",
    engines: { smoltools: "*" },
    permissions,
    files: { [toolFileName]: { size: source.byteLength, sha256: sha256(source) } },
    integrity: sha512Integrity(source),
  };
}

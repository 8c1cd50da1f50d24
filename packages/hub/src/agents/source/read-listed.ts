import { PackageError } from "../../errors/package-error.ts";
import { verifyFile } from "../../integrity/verify-file.ts";
import { readAll } from "../../load/open/read-all.ts";
import type { ManifestFile } from "../../manifest/manifest.ts";
import type { AgentSource } from "./agent-source.ts";

/**
 * Reads the files that a manifest lists, each verified.
 *
 * @throws PackageError `INTEGRITY_MISMATCH` for one that is missing or another.
 */
export function readListed(
  source: AgentSource,
  files: Readonly<Record<string, ManifestFile>>,
): Promise<Map<string, Uint8Array>> {
  return readAll(Object.keys(files), async (path) => {
    const expected = files[path] ?? { size: 0, sha256: "" };
    const found = await source.read(path, expected.size, (bytes) => {
      verifyFile(bytes, expected, path, source.name);
      return bytes;
    });
    if (found) return found;
    throw new PackageError(`${source.name} has no file ${JSON.stringify(path)}: it is not whole`, {
      code: "INTEGRITY_MISMATCH",
      data: { source: source.name, path },
    });
  });
}

import { PackageError } from "../../errors/package-error.ts";
import { readManifest } from "../../integrity/read-manifest.ts";
import { verifyFile } from "../../integrity/verify-file.ts";
import { packageLimits } from "../../manifest/package-limits.ts";
import { manifestName } from "../../manifest/manifest.ts";
import { maxEnvelopeBytes } from "../../signing/envelope.ts";
import { openSignature, signatureGone } from "../../signing/open-signature.ts";
import { signaturePath } from "../../signing/signature-path.ts";
import type { FetchedPackage } from "../open/fetch-package.ts";
import { readAll } from "../open/read-all.ts";

/** A package on this machine: its verified manifest, and its files, verified when they are read. */
export type LocalPackage = Omit<FetchedPackage, "resolved">;

/** Reads a file of a package; `undefined` where there is none of this path. */
export type ReadFile = (path: string, maxBytes: number) => Promise<Uint8Array | undefined>;

/**
 * Opens a package whose files can be read by their paths. It is checked like one from a hub.
 *
 * @param source - Where it is, for messages.
 * @throws PackageError `MANIFEST_MISSING`, and those of `readManifest` and of `read`.
 */
export async function openLocalPackage(source: string, read: ReadFile): Promise<LocalPackage> {
  const manifestBytes = await read(manifestName, packageLimits.maxManifestBytes);
  if (!manifestBytes) {
    throw new PackageError(
      `${source} has no ${manifestName}: build the package first, or name a folder or archive that holds one`,
      { code: "MANIFEST_MISSING", data: { path: source } },
    );
  }
  const manifest = readManifest(manifestBytes, source);
  const file = async (path: string) => {
    const expected = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
    const bytes = expected && (await read(path, expected.size));
    if (!bytes) {
      throw new PackageError(`${source} has no file ${JSON.stringify(path)}`, {
        code: expected ? "INTEGRITY_MISMATCH" : "MANIFEST_INVALID",
        data: { source, path },
      });
    }
    verifyFile(bytes, expected, path, source);
    return bytes;
  };
  const signature = async () => {
    const { signers = [] } = manifest;
    if (signers.length === 0) return undefined;
    const bytes = await read(signaturePath(manifestName), maxEnvelopeBytes);
    if (!bytes) throw signatureGone(source);
    return openSignature(bytes, { source, bytes: manifestBytes, signers });
  };
  return { manifest, manifestBytes, signature, file, all: () => readAll(Object.keys(manifest.files), file) };
}

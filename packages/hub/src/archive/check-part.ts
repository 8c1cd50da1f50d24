import { PackageError } from "../errors/package-error.ts";
import { verifyFile } from "../integrity/verify-file.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { openSignature, signatureGone } from "../signing/open-signature.ts";
import { signaturePath } from "../signing/signature-path.ts";
import { type ArchivePart, partId } from "./archive-part.ts";
import { readPartManifest } from "./read-part-manifest.ts";

/**
 * Holds a package of an archive against its manifest: every file, no file more, its integrity, and its signature where
 * it names keys.
 *
 * @param source - Where it came from, for messages.
 * @throws PackageError, as `readManifest` and `verifyFile` do; SignatureError `SIGNATURE_MISSING`, `SIGNATURE_INVALID`.
 */
export function checkPart(part: ArchivePart, source: string): PackageManifest {
  const { manifestName, files } = part;
  const signature = files.get(signaturePath(manifestName));
  const bytes = files.get(manifestName);
  if (!bytes) throw missing(source, manifestName);
  const manifest = readPartManifest(bytes, manifestName, source);
  if (partId(manifest) !== partId(part) || manifest.integrity !== part.integrity) {
    throw new PackageError(`${source} holds ${partId(manifest)} instead, or other content than it says`, {
      code: "MANIFEST_MISMATCH",
      data: { source, name: manifest.name, version: manifest.version },
    });
  }
  for (const [path, expected] of Object.entries(manifest.files)) {
    const file = files.get(path);
    if (!file) throw missing(source, path);
    verifyFile(file, expected, path, source);
  }
  const { signers = [] } = manifest;
  const beside = new Set([manifestName, ...(signers.length > 0 ? [signaturePath(manifestName)] : [])]);
  const extra = [...files.keys()].find((path) => !beside.has(path) && !Object.hasOwn(manifest.files, path));
  if (extra !== undefined) throw unlisted(source, extra);
  if (signers.length === 0) return manifest;
  if (!signature) throw signatureGone(source);
  openSignature(signature, { source, bytes, signers });
  return manifest;
}

function unlisted(source: string, path: string): PackageError {
  return new PackageError(`${source} has a file ${JSON.stringify(path)} that its manifest does not know`, {
    code: "INTEGRITY_MISMATCH",
    data: { source, path },
  });
}

function missing(source: string, path: string): PackageError {
  return new PackageError(`${source} has no file ${JSON.stringify(path)}: it is not whole`, {
    code: "INTEGRITY_MISMATCH",
    data: { source, path },
  });
}

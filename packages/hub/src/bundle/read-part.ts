import type { AgentSource } from "../agents/source/agent-source.ts";
import { readListed } from "../agents/source/read-listed.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import type { PackageSignature } from "../signing/open-signature.ts";
import { signaturePath } from "../signing/signature-path.ts";
import type { ArchivePart } from "../archive/archive-part.ts";
import { readPartManifest } from "../archive/read-part-manifest.ts";
import { readSignature } from "../agents/source/read-signature.ts";

/** A package that was read whole, for an archive. */
export interface ReadPart {
  part: ArchivePart;
  manifest: PackageManifest;
  signature: PackageSignature | undefined;
}

/**
 * Reads a whole package, of whatever kind, and verifies it.
 *
 * @param accept - Throws for a manifest that is not the one that is wanted.
 * @returns `undefined` where there is no manifest of this name.
 * @throws PackageError, SignatureError; as `openLocalPackage` does.
 */
export async function readPart(
  source: AgentSource,
  manifestName: string,
  accept: (manifest: PackageManifest) => void = () => undefined,
): Promise<ReadPart | undefined> {
  const read = await source.read(manifestName, packageLimits.maxManifestBytes, (bytes) => {
    const manifest = readPartManifest(bytes, manifestName, source.name);
    accept(manifest);
    return { bytes, manifest };
  });
  if (!read) return undefined;
  const { bytes, manifest } = read;
  const { name, version, integrity } = manifest;
  const listed = await readListed(source, manifest.files);
  const signature = await readSignature(source, manifestName, bytes, manifest.signers);
  const signed = signature ? [[signaturePath(manifestName), signature.bytes] as const] : [];
  const files = new Map([[manifestName, bytes], ...signed, ...listed]);
  return { part: { name, version, manifestName, files, integrity }, manifest, signature };
}

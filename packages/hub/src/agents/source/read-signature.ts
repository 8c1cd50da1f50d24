import { maxEnvelopeBytes } from "../../signing/envelope.ts";
import { openSignature, type PackageSignature, signatureGone } from "../../signing/open-signature.ts";
import { signaturePath } from "../../signing/signature-path.ts";
import type { AgentSource } from "./agent-source.ts";

/**
 * Reads the signature of a manifest, which lies beside it.
 *
 * @param bytes - The manifest.
 * @param signers - The keys that it names.
 * @returns `undefined` where it names none.
 * @throws SignatureError `SIGNATURE_MISSING`, `SIGNATURE_INVALID`.
 */
export async function readSignature(
  source: AgentSource,
  manifestName: string,
  bytes: Uint8Array,
  signers: readonly string[] = [],
): Promise<PackageSignature | undefined> {
  if (signers.length === 0) return undefined;
  const open = (found: Uint8Array) => openSignature(found, { source: source.name, bytes, signers });
  const signature = await source.read(signaturePath(manifestName), maxEnvelopeBytes, open);
  if (!signature) throw signatureGone(source.name);
  return signature;
}

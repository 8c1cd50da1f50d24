import { SignatureError } from "../errors/signature-error.ts";
import { maxSignatures, parseEnvelope, payloadType, signersAmong } from "./envelope.ts";
import { parsePublicKey, type PublicKey } from "./public-key.ts";

/** A manifest whose signature is wanted. */
export interface SignedManifest {
  /** `owner/name@version`, for messages. */
  source: string;
  /** The exact bytes of the manifest. */
  bytes: Uint8Array;
  /** The keys that the manifest names. */
  signers: readonly string[];
}

/** A signature that is one of its manifest. Whose keys have made it is another question. */
export interface PackageSignature {
  /** The file with the signature. */
  bytes: Uint8Array;
  /** The keys that have signed, at least one; all of them are named in the manifest. */
  by: PublicKey[];
}

/**
 * Reads the signature of a manifest, and checks that it is one of these very bytes, by keys that they name.
 *
 * @param bytes - The file with the signature.
 * @throws SignatureError `SIGNATURE_INVALID`.
 */
export function openSignature(bytes: Uint8Array, manifest: SignedManifest): PackageSignature {
  const { source, signers } = manifest;
  const invalid = (why: string, cause?: unknown) =>
    new SignatureError(`The signature of ${source} does not hold: ${why}. Do not use the package`, {
      code: "SIGNATURE_INVALID",
      data: { source },
      cause,
    });
  const opened = parseEnvelope(bytes, source);
  if (opened.payloadType !== payloadType) throw invalid("it is one of something else than a manifest");
  if (!opened.payload.equals(manifest.bytes)) throw invalid("it is one of another package or version");
  if (signers.length > maxSignatures) throw invalid(`the manifest names more than ${maxSignatures} keys`);
  let keys: PublicKey[];
  try {
    keys = signers.map((text) => parsePublicKey(text));
  } catch (cause) {
    throw invalid("the manifest names something that is no key", cause);
  }
  const by = signersAmong(opened, keys);
  if (by.length === 0) throw invalid("none of the keys that the manifest names has made it");
  return { bytes, by };
}

/** The error for a package that says that it is signed, and comes without its signature. */
export function signatureGone(source: string, cause?: unknown): SignatureError {
  return new SignatureError(`${source} says that it is signed, and its signature is gone. Do not use it`, {
    code: "SIGNATURE_MISSING",
    data: { source },
    cause,
  });
}

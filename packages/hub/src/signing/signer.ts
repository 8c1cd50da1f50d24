import { SignatureError } from "../errors/signature-error.ts";
import { manifestIntegrity } from "../integrity/manifest-integrity.ts";
import { readManifest } from "../integrity/read-manifest.ts";
import { type Manifest, manifestName } from "../manifest/manifest.ts";
import { makeEnvelope } from "./envelope.ts";
import { type KeyStoreOptions, readKey } from "./key-store.ts";

/** Makes the signature of a manifest: the bytes of the file that lies beside it. */
export interface Signer {
  (manifestBytes: Uint8Array): Uint8Array;
  /** The public keys that sign, as a manifest names them in `signers`. */
  readonly publicKeys: readonly string[];
}

/**
 * A signer that signs with keys of this machine.
 *
 * @param names - One key, or several: two maintainers, or an old key and the one that follows it.
 * @throws SignatureError `KEY_NOT_FOUND`, `KEY_INVALID`. The signer itself throws `SIGNATURE_INVALID` for a manifest that
 *   does not name the keys in `signers`: nobody would look for the signature, or could trust a key that only an unsigned
 *   text names. {@link declareSigners} names them.
 */
export async function signerFor(names: string | readonly string[], options: KeyStoreOptions = {}): Promise<Signer> {
  const keys = await Promise.all([names].flat().map((name) => readKey(name, options)));
  const publicKeys = [...new Set(keys.map(({ publicKey }) => publicKey.text))];
  const sign = (manifestBytes: Uint8Array) => {
    const { signers } = JSON.parse(new TextDecoder().decode(manifestBytes)) as { signers?: unknown };
    if (Array.isArray(signers) && publicKeys.every((key) => signers.includes(key))) {
      return makeEnvelope(manifestBytes, keys);
    }
    throw new SignatureError("The manifest does not name the keys that are to sign it: call declareSigners first", {
      code: "SIGNATURE_INVALID",
      data: { keys: keys.map(({ publicKey }) => publicKey.id) },
    });
  };
  return Object.assign(sign, { publicKeys });
}

/** A manifest that names the keys that will sign it, with the integrity that goes with that. */
export function withSigners<M extends object>(
  manifest: M,
  publicKeys: readonly string[],
): M & { signers: string[]; integrity: string } {
  const declared = { ...manifest, signers: [...publicKeys] };
  return { ...declared, integrity: manifestIntegrity(declared) };
}

/**
 * Names the keys that will sign a package in its manifest. This is what lets others learn the keys from a package, and
 * notice when its signature is taken away.
 *
 * @returns The package with another `tool.json`, and so with another integrity.
 */
export function declareSigners(
  { manifest, files }: { manifest: Manifest; files: ReadonlyMap<string, Uint8Array> },
  { publicKeys }: Pick<Signer, "publicKeys">,
): { manifest: Manifest; files: Map<string, Uint8Array> } {
  const bytes = Buffer.from(`${JSON.stringify(withSigners(manifest, publicKeys), null, 2)}\n`);
  return { manifest: readManifest(bytes, manifest.name), files: new Map([...files, [manifestName, bytes]]) };
}

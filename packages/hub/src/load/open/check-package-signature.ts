import { defaultHubUrl } from "../../http/hub-client.ts";
import type { PackageManifest } from "../../manifest/package-manifest.ts";
import { type CheckedSignature, checkSignature } from "../../signing/check-signature.ts";
import type { PackageSignature } from "../../signing/open-signature.ts";
import type { SignatureOptions } from "../../signing/signature-options.ts";
import { isSignatureRequired } from "../../signing/signature-policy.ts";
import { defaultTrustFile, TrustFile } from "../../signing/trusted-keys.ts";

/** A package, and how its signature is read; `undefined` for one that does not say that it is signed. */
export interface SignablePackage {
  manifest: Pick<PackageManifest, "name" | "version">;
  signature(options?: { signal?: AbortSignal | undefined }): Promise<PackageSignature | undefined>;
}

/** What a load says of signatures, and where the package comes from. */
export interface PackageSignatureOptions extends SignatureOptions {
  /** @default "https://huggingface.co" */
  hubUrl?: string;
  /** The package comes from this machine: it may say whatever name it likes, so nobody's key is learned from it. */
  isLocal?: boolean;
  signal?: AbortSignal | undefined;
  env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Checks the signature of a package that is about to be loaded, by the options of the load.
 *
 * @returns `undefined` for an unsigned package that needs no signature.
 * @throws SignatureError; see its table of codes.
 */
export async function checkPackageSignature(
  { manifest, signature }: SignablePackage,
  options: PackageSignatureOptions,
): Promise<CheckedSignature | undefined> {
  const hub = (options.hubUrl ?? defaultHubUrl).replace(/\/+$/, "");
  const ref = { hub, name: manifest.name, version: manifest.version };
  const found = await signature({ signal: options.signal });
  return checkSignature({
    package: ref,
    by: found?.by ?? [],
    trustFile: new TrustFile(options.trustFile ?? defaultTrustFile(options.env)),
    required: isSignatureRequired(options.requireSignature ?? false, ref),
    ...(options.isLocal === true && { isLocal: true }),
    pinNewKeys: options.isLocal !== true && options.pinNewKeys !== false,
    onWarning: options.onWarning,
  });
}

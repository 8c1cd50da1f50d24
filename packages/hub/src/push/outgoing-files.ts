import { PackageError } from "../errors/package-error.ts";
import { SignatureError } from "../errors/signature-error.ts";
import { verifyFile } from "../integrity/verify-file.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { registryName } from "../registry/registry-file.ts";
import { signaturePath } from "../signing/signature-path.ts";
import type { Publication } from "./publication.ts";

/** Files of a repo that no package brings along: what is said of its versions, and how git treats them. */
const reserved: ReadonlySet<string> = new Set([registryName, ".gitattributes"]);

/** True for a file that is a package's to write and to delete, if its manifest lists it. */
export function isPackageFile(path: string): boolean {
  return !reserved.has(path);
}

/**
 * The files that go into the commit: exactly those that the manifest lists, the manifest, and its signature.
 *
 * @throws PackageError `MANIFEST_INVALID`, `INTEGRITY_MISMATCH` for files that are not those of the manifest; SignatureError
 *   `SIGNATURE_MISSING` where it names keys and nobody signs.
 */
export async function outgoingFiles<M extends PackageManifest>(
  { kind, manifest, files }: Publication<M>,
  sign?: (manifestBytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<Map<string, Uint8Array>> {
  const source = `${manifest.name}@${manifest.version}`;
  const manifestBytes = files.get(kind.manifestName);
  if (!manifestBytes) throw invalid(source, `it has no ${kind.manifestName}`);
  const signature = signaturePath(kind.manifestName);
  // What is published is what the bytes say, whatever was handed over beside them.
  const listed = kind.read(manifestBytes, source);
  if (listed.integrity !== manifest.integrity) throw invalid(source, `its ${kind.manifestName} is another one`);
  const outgoing = new Map([[kind.manifestName, manifestBytes]]);
  for (const [path, expected] of Object.entries(listed.files)) {
    if (!isPackageFile(path) || path === signature) throw invalid(source, `${path} is not a package's to bring along`);
    const bytes = files.get(path);
    if (!bytes) throw invalid(source, `it lacks ${path}`);
    verifyFile(bytes, expected, path, source);
    outgoing.set(path, bytes);
  }
  const signed = sign ? await sign(manifestBytes) : files.get(signature);
  if (signed) outgoing.set(signature, signed);
  else if (listed.signers && listed.signers.length > 0) throw unsigned(source);
  const stray = [...files.keys()].find((path) => !outgoing.has(path));
  if (stray !== undefined) throw invalid(source, `${stray} is not in the list of its files`);
  return outgoing;
}

function unsigned(source: string): SignatureError {
  return new SignatureError(`${source} says that it is signed, and has no signature: nobody could load it. Sign it`, {
    code: "SIGNATURE_MISSING",
    data: { source },
  });
}

function invalid(source: string, why: string): PackageError {
  return new PackageError(`${source} cannot be published: ${why}. Pack it anew`, {
    code: "MANIFEST_INVALID",
    data: { source },
  });
}

import { createHash } from "node:crypto";

/** SHA-256 in hexadecimal digits. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Subresource Integrity form of SHA-512: `sha512-` and base64. Source: W3C Subresource Integrity, section 3.5. */
export function sha512Integrity(bytes: Uint8Array | string): string {
  return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}

/** The id under which git stores these bytes as a file: SHA-1 of `blob <length>\0` and the bytes. */
export function gitBlobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

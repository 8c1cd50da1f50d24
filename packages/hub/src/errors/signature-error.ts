import { SmoltoolsError } from "@smoltools/core";

/**
 * Errors of signatures and of the keys that make them.
 *
 * | code | meaning |
 * | --- | --- |
 * | `KEY_INVALID` | a key cannot be read: its text, its file, the file's rights or the passphrase is wrong |
 * | `KEY_EXISTS` | there is a key of this name already |
 * | `KEY_NOT_FOUND` | there is no key of this name or id |
 * | `SIGNATURE_MISSING` | the package is unsigned and has to be signed, or was so in a lower version, or says that it is signed and is not |
 * | `SIGNATURE_INVALID` | the signature is broken, or not one of this package |
 * | `SIGNATURE_KEY_CHANGED` | the signature is by another key than those that are pinned for the owner |
 * | `SIGNATURE_UNTRUSTED` | a trusted signature is required, and nobody has said whose the key is |
 * | `SIGNATURE_REVOKED` | the signature is by a key that was revoked here |
 * | `SIGNATURE_EXPIRED` | the signature is by a key whose last day, set here, has passed |
 * | `TRUST_FILE_INVALID` | the file of trusted keys is not what its format says |
 */
export type SignatureErrorCode =
  | "KEY_INVALID"
  | "KEY_EXISTS"
  | "KEY_NOT_FOUND"
  | "SIGNATURE_MISSING"
  | "SIGNATURE_INVALID"
  | "SIGNATURE_KEY_CHANGED"
  | "SIGNATURE_UNTRUSTED"
  | "SIGNATURE_REVOKED"
  | "SIGNATURE_EXPIRED"
  | "TRUST_FILE_INVALID";

/** A signature that does not hold, or a key that cannot be used. Names keys by their public id alone. */
export class SignatureError extends SmoltoolsError<SignatureErrorCode, Record<string, unknown>> {}

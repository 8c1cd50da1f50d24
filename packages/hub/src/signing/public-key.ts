import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { SignatureError } from "../errors/signature-error.ts";

/** An Ed25519 public key, and how it is written. */
export interface PublicKey {
  /** `smoltools-ed25519 <base64>`: the whole key. */
  text: string;
  /** `SHA256:` and base64 without padding, over the 32 bytes of the key: what people compare. */
  id: string;
  key: KeyObject;
}

const kind = "smoltools-ed25519";

/** What stands before the 32 bytes of the key in its DER form. Source: RFC 8410, section 4. */
const derPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** The form of a key's text, for schemas. */
export const publicKeyPattern: string = `^${kind} [A-Za-z0-9+/]{43}=$`;

const written = new RegExp(`^${kind} ([A-Za-z0-9+/]{43}=)(?: .*)?$`);

/**
 * Reads a public key: `smoltools-ed25519 <base64>`, with anything behind it as a comment.
 *
 * @throws SignatureError `KEY_INVALID`.
 */
export function parsePublicKey(text: string): PublicKey {
  const base64 = written.exec(text.trim())?.[1] ?? "";
  const raw = Buffer.from(base64, "base64");
  // Base64 has several ways to write the last byte; a key has one text.
  if (raw.byteLength !== 32 || raw.toString("base64") !== base64) throw invalid();
  const key = createPublicKey({ key: Buffer.concat([derPrefix, raw]), format: "der", type: "spki" });
  return publicKeyOf(key);
}

/** The texts of a key. */
export function publicKeyOf(key: KeyObject): PublicKey {
  const raw = key.export({ format: "der", type: "spki" }).subarray(derPrefix.byteLength);
  const id = `SHA256:${createHash("sha256").update(raw).digest("base64").replace(/=+$/, "")}`;
  return { text: `${kind} ${raw.toString("base64")}`, id, key };
}

function invalid(): SignatureError {
  return new SignatureError(
    `This is not a public key: one looks like "${kind} <44 characters>", as smoltools keys export prints it`,
    { code: "KEY_INVALID" },
  );
}

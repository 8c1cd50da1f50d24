import lt from "semver/functions/lt.js";
import { SignatureError } from "../errors/signature-error.ts";
import { parsePublicKey } from "./public-key.ts";
import {
  type KeyOwner,
  keysOf,
  type SignedSince,
  signedSince,
  type TrustData,
  type TrustedKey,
  withKeys,
  withSignedSince,
} from "./trusted-keys.ts";

/**
 * Trusts a key to be an owner's, on the word of a person.
 *
 * @param notAfter - Last day on which the key counts, as `YYYY-MM-DD` in UTC.
 * @throws SignatureError `KEY_INVALID` for a text that is no key or no day; `SIGNATURE_REVOKED` for a revoked key.
 */
export function trustKey(data: TrustData, owner: KeyOwner, text: string, notAfter?: string): TrustData {
  const { text: key, id } = parsePublicKey(text);
  if (data.revoked.includes(id)) {
    throw new SignatureError(`The key ${id} was revoked here: it cannot be trusted again`, {
      code: "SIGNATURE_REVOKED",
      data: { keyId: id },
    });
  }
  if (notAfter !== undefined && !isDay(notAfter)) {
    throw new SignatureError(`${JSON.stringify(notAfter)} is not a day: write it like 2027-12-31`, {
      code: "KEY_INVALID",
      data: { notAfter },
    });
  }
  const trusted: TrustedKey = { key, by: "person", ...(notAfter !== undefined && { notAfter }) };
  return withKeys(data, owner, [...keysOf(data, owner).filter((other) => other.key !== key), trusted]);
}

/**
 * Trusts keys that came with a package.
 *
 * @returns The same data where all of them are trusted already.
 */
export function pinKeys(data: TrustData, owner: KeyOwner, keys: readonly TrustedKey[]): TrustData {
  const known = keysOf(data, owner);
  const added = keys.filter(({ key }) => !known.some((other) => other.key === key));
  return added.length === 0 ? data : withKeys(data, owner, [...known, ...added]);
}

/**
 * Remembers that a version of a package came with a trusted signature: later ones without one are refused from then on.
 *
 * @returns The same data where this or a lower version is remembered already.
 */
export function noteSigned(data: TrustData, owner: KeyOwner, seen: SignedSince): TrustData {
  const known = signedSince(data, owner, seen.name);
  return known === undefined || lt(seen.version, known) ? withSignedSince(data, owner, seen) : data;
}

/**
 * Trusts a key of an owner no longer, or none of them.
 *
 * @param id - The id of the key; all keys of the owner without it.
 * @throws SignatureError `KEY_NOT_FOUND`.
 */
export function untrustKey(data: TrustData, owner: KeyOwner, id?: string): TrustData {
  const keys = keysOf(data, owner);
  const kept = id === undefined ? [] : keys.filter(({ key }) => parsePublicKey(key).id !== id);
  if (kept.length < keys.length) return withKeys(data, owner, kept);
  throw new SignatureError(`${owner.owner} has no trusted ${id === undefined ? "keys" : `key ${id}`} on ${owner.hub}`, {
    code: "KEY_NOT_FOUND",
    data: { owner: owner.owner, hub: owner.hub },
  });
}

/**
 * Never lets a key count again, whoever owns it. It stays in the list of its owner, so that the owner is not taken for
 * one who never signed.
 *
 * @param id - `SHA256:` and 43 characters.
 * @throws SignatureError `KEY_INVALID`.
 */
export function revokeKey(data: TrustData, id: string): TrustData {
  if (!/^SHA256:[A-Za-z0-9+/]{43}$/.test(id)) {
    throw new SignatureError(`${JSON.stringify(id)} is not the id of a key: one looks like SHA256:<43 characters>`, {
      code: "KEY_INVALID",
      data: { keyId: id },
    });
  }
  return data.revoked.includes(id) ? data : { ...data, revoked: [...data.revoked, id].sort() };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.startsWith(text);
}

import gte from "semver/functions/gte.js";
import { errorMessage } from "@smoltools/core";
import { SignatureError, type SignatureErrorCode } from "../errors/signature-error.ts";
import type { LoadWarningCode, WarningOptions } from "../resolve/load-warning.ts";
import { noteSigned, pinKeys } from "./change-trust.ts";
import type { PublicKey } from "./public-key.ts";
import { ownerOf, type SignedPackage } from "./signature-policy.ts";
import { keysOf, signedSince, type TrustData, type TrustedKey, type TrustFile } from "./trusted-keys.ts";

/** What is known of a package and of the one who loads it, when its signature is judged. */
export interface SignatureCheck extends WarningOptions {
  package: SignedPackage;
  /** The keys that have signed it, as `openSignature` found them; none for an unsigned package. */
  by: readonly PublicKey[];
  trustFile: TrustFile;
  /** Refuse a package without a trusted signature. */
  required: boolean;
  /** Trust the keys of an owner of whom no key is known yet. */
  pinNewKeys: boolean;
  /** The package comes from this machine and may say any name: nothing is learned of it, and nothing held against it. */
  isLocal?: boolean;
  /** The day against which the last days of trusted keys are held, as `YYYY-MM-DD`. @default today in UTC */
  today?: string;
}

/** The outcome for a package that is signed. */
export interface CheckedSignature {
  /** Id of the key that signed. */
  keyId: string;
  /** The key is one of those that are trusted to be the owner's. */
  trusted: boolean;
}

/**
 * Decides whether the keys that have signed a package are those of its owner.
 *
 * Keys of an owner are pinned when the first signed package of theirs is seen. From then on a package has to be signed by
 * one of them. A further key that the signed manifest names and that has signed as well is pinned too: so owners change
 * their keys. A package that was signed once has to be signed in all higher versions. No clock plays a part in this, except
 * for the last days that the person here has set.
 *
 * @returns `undefined` for an unsigned package that needs no signature.
 * @throws SignatureError; see its table of codes.
 */
export async function checkSignature(check: SignatureCheck): Promise<CheckedSignature | undefined> {
  const before = await check.trustFile.read();
  const { signature, warning } = judge(check, before);
  if (warning !== undefined) warn(check, "PACKAGE_UNSIGNED", warning);
  if (learn(check, before) === before) return signature;
  let now: TrustData;
  try {
    now = await check.trustFile.update((data) => learn(check, data));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    warn(check, "KEY_NOT_PINNED", `The key of ${ownerOf(check.package.name)} cannot be pinned: ${errorMessage(error)}`);
    return signature;
  }
  // Another process may have pinned other keys since the file was read.
  judge(check, now);
  return signature;
}

/** What is known after the package; the same data where it tells nothing new. */
function learn(check: SignatureCheck, data: TrustData): TrustData {
  const { signature, learned } = judge(check, data);
  const owner = ownerAt(check);
  const { name, version } = check.package;
  const after = pinKeys(data, owner, learned);
  return signature?.trusted === true && check.isLocal !== true ? noteSigned(after, owner, { name, version }) : after;
}

interface Judgement {
  signature: CheckedSignature | undefined;
  /** Keys to pin. */
  learned: TrustedKey[];
  /** What is unusual about a package that is unsigned. */
  warning?: string | undefined;
}

function judge(check: SignatureCheck, data: TrustData): Judgement {
  const pinned = keysOf(data, ownerAt(check));
  if (check.by.length === 0) {
    return { signature: undefined, learned: [], warning: unsignedWarning(check, data) };
  }
  const by = check.by.filter(({ id }) => !data.revoked.includes(id));
  const isPinned = ({ text }: PublicKey) => pinned.some(({ key }) => key === text);
  const counting = by.find((key) => isPinned(key) && !isOver(check, pinned, key));
  const fresh = check.pinNewKeys ? by.filter((key) => !isPinned(key)) : [];
  if (counting) {
    return { signature: { keyId: counting.id, trusted: true }, learned: trustedKeys(check, fresh, "other-key") };
  }
  const [first] = by;
  if (!first) throw refused(check, "SIGNATURE_REVOKED", check.by[0], "was revoked here");
  if (by.some(isPinned)) {
    const day = `has passed its last day: it is ${today(check)} by the clock of this machine`;
    throw refused(check, "SIGNATURE_EXPIRED", by.find(isPinned), day);
  }
  if (pinned.length > 0) {
    const why =
      "is another one than those that are pinned for the owner. If the owner tells you, on another way than the hub, " +
      "that it is theirs, trust it: smoltools keys trust";
    throw refused(check, "SIGNATURE_KEY_CHANGED", first, why);
  }
  if (check.pinNewKeys) {
    return { signature: { keyId: first.id, trusted: true }, learned: trustedKeys(check, fresh, "first-use") };
  }
  if (check.required) {
    const why = "is not known here. If the owner tells you that it is theirs, trust it: smoltools keys trust";
    throw refused(check, "SIGNATURE_UNTRUSTED", first, why);
  }
  return { signature: { keyId: first.id, trusted: false }, learned: [] };
}

/** What to say of an unsigned package, if anything. */
function unsignedWarning(check: SignatureCheck, data: TrustData): string | undefined {
  const { name, version } = check.package;
  if (check.required) {
    throw new SignatureError(`${name}@${version} is not signed, and has to be: ask its owner to sign it`, {
      code: "SIGNATURE_MISSING",
      data: { name, version },
    });
  }
  const owner = ownerAt(check);
  const since = check.isLocal === true ? undefined : signedSince(data, owner, name);
  if (since !== undefined && gte(version, since)) {
    throw new SignatureError(
      `${name}@${version} is not signed, though ${name} has been since ${since}: do not use it before its owner tells ` +
        `you, on another way than the hub, why. smoltools keys untrust ${owner.owner} forgets the owner's keys`,
      { code: "SIGNATURE_MISSING", data: { name, version, signedSince: since } },
    );
  }
  if (keysOf(data, owner).length === 0) return undefined;
  return `${name}@${version} is not signed, though its owner has signed other packages`;
}

function warn({ onWarning, package: { name, version } }: SignatureCheck, code: LoadWarningCode, message: string): void {
  onWarning?.({ code, message, ref: `${name}@${version}` });
}

function trustedKeys(check: SignatureCheck, keys: readonly PublicKey[], by: TrustedKey["by"]): TrustedKey[] {
  const from = `${check.package.name}@${check.package.version}`;
  return keys.map(({ text }) => ({ key: text, by, from }));
}

function isOver(check: SignatureCheck, pinned: readonly TrustedKey[], { text }: PublicKey): boolean {
  const notAfter = pinned.find(({ key }) => key === text)?.notAfter;
  return notAfter !== undefined && today(check) > notAfter;
}

function today(check: SignatureCheck): string {
  return check.today ?? new Date().toISOString().slice(0, 10);
}

function ownerAt({ package: { hub, name } }: SignatureCheck): { hub: string; owner: string } {
  return { hub, owner: ownerOf(name) };
}

function refused(
  { package: { hub, name, version } }: SignatureCheck,
  code: SignatureErrorCode,
  key: PublicKey | undefined,
  why: string,
): SignatureError {
  return new SignatureError(`The key ${key?.id} that signed ${name}@${version} ${why}`, {
    code,
    data: { hub, name, version, keyId: key?.id },
  });
}

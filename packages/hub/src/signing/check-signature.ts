import { errorMessage } from "@smoltools/core";
import { SignatureError, type SignatureErrorCode } from "../errors/signature-error.ts";
import type { LoadWarningCode, WarningOptions } from "../resolve/load-warning.ts";
import { pinKeys } from "./change-trust.ts";
import type { PublicKey } from "./public-key.ts";
import { ownerOf, type SignedPackage } from "./signature-policy.ts";
import { keysOf, type TrustData, type TrustedKey, type TrustFile } from "./trusted-keys.ts";

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
 * their keys. No clock has a part in this, but for last days that the person here has set.
 *
 * @returns `undefined` for an unsigned package that needs no signature.
 * @throws SignatureError; see its table of codes.
 */
export async function checkSignature(check: SignatureCheck): Promise<CheckedSignature | undefined> {
  const { signature, learned } = judge(check, await check.trustFile.read());
  if (learned.length === 0) return signature;
  let now: TrustData;
  try {
    now = await check.trustFile.update((data) => pinKeys(data, ownerAt(check), judge(check, data).learned));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    warn(check, "KEY_NOT_PINNED", `The key of ${ownerOf(check.package.name)} cannot be pinned: ${errorMessage(error)}`);
    return signature;
  }
  // Another process may have pinned other keys since the file was read.
  judge(check, now);
  return signature;
}

interface Judgement {
  signature: CheckedSignature | undefined;
  /** Keys to pin. */
  learned: TrustedKey[];
}

function judge(check: SignatureCheck, data: TrustData): Judgement {
  const pinned = keysOf(data, ownerAt(check));
  if (check.by.length === 0) {
    checkMayBeUnsigned(check, pinned.length > 0);
    return { signature: undefined, learned: [] };
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

function checkMayBeUnsigned(check: SignatureCheck, isOwnerKnown: boolean): void {
  const { name, version } = check.package;
  if (check.required) {
    throw new SignatureError(`${name}@${version} is not signed, and has to be: ask its owner to sign it`, {
      code: "SIGNATURE_MISSING",
      data: { name, version },
    });
  }
  if (!isOwnerKnown) return;
  warn(check, "PACKAGE_UNSIGNED", `${name}@${version} is not signed, though its owner has signed other packages`);
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

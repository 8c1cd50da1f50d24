/** A package that is to be loaded. */
export interface SignedPackage {
  /** Base address of the hub. */
  hub: string;
  /** `owner/name`. */
  name: string;
  version: string;
}

/**
 * Which packages must have a trusted signature: all or none, those of some owners, or as a function decides.
 */
export type SignaturePolicy = boolean | { owners: readonly string[] } | ((ref: SignedPackage) => boolean);

/** Decides whether a package must be signed. */
export function isSignatureRequired(policy: SignaturePolicy, ref: SignedPackage): boolean {
  if (typeof policy === "boolean") return policy;
  if (typeof policy === "function") return policy(ref);
  const owner = ownerOf(ref.name);
  return policy.owners.some((name) => name.toLowerCase() === owner);
}

/** The owner of a package, in lower case: hubs take names that differ in case alone for the same. */
export function ownerOf(name: string): string {
  return (name.split("/")[0] ?? "").toLowerCase();
}

import { HubClient } from "../http/hub-client.ts";
import { type OpenedPackage, openFromHub } from "../load/open-from-hub.ts";
import { hubRef } from "./hub-ref.ts";
import type { InstallOptions } from "./install-packages.ts";

/**
 * Locks packages, one after another: finds the version that fits, verifies what it says of itself, and asks for the
 * permissions that it wants. A ref that is locked already stays as it is.
 *
 * @throws PackageError, LockError, PermissionError, SignatureError, HubError; those before the one that failed are locked.
 */
export async function addPackages(refs: readonly string[], options: InstallOptions): Promise<OpenedPackage[]> {
  const { hubUrl } = new HubClient(options);
  const parsed = refs.map((text) => hubRef(text, hubUrl));
  const opened: OpenedPackage[] = [];
  for (const ref of parsed) opened.push(await openFromHub(ref, options));
  return opened;
}

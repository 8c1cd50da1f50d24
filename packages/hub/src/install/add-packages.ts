import { HubClient } from "../http/hub-client.ts";
import { hubRef } from "./hub-ref.ts";
import type { InstallOptions } from "./install-packages.ts";
import type { AddedPackage } from "./installed-package.ts";
import { openAny } from "./open-any.ts";

/**
 * Locks packages of tools and of agents, one after another: finds the version that fits, verifies what it says of itself,
 * and asks for the permissions that it wants. A ref that is locked already stays as it is.
 *
 * @throws PackageError, LockError, PermissionError, SignatureError, HubError; those before the one that failed are locked.
 */
export async function addPackages(refs: readonly string[], options: InstallOptions): Promise<AddedPackage[]> {
  const { hubUrl } = new HubClient(options);
  const parsed = refs.map((text) => hubRef(text, hubUrl));
  const added: AddedPackage[] = [];
  for (const ref of parsed) added.push((await openAny(ref, options)).added);
  return added;
}

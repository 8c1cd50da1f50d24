import type { Permissions } from "../manifest/permissions.ts";
import { type Grant, grantPermissions } from "../permissions/grant-permissions.ts";

/**
 * The gate of permissions for agents: that of packages, save that an agent may ask for every public host, `net *`, which
 * a caller grants by the same word.
 *
 * @throws PermissionError as `grantPermissions` does.
 */
export async function grantAgent(
  ref: string,
  declared: Permissions,
  grant: Grant | undefined,
  granted?: Permissions,
): Promise<Permissions> {
  if (typeof grant !== "object" || !grant.net?.includes("*")) return grantPermissions(ref, declared, grant, granted);
  await grantPermissions(ref, namedHosts(declared), namedHosts(grant), granted);
  return declared;
}

/** The same, without the word for every host. */
export function namedHosts<P extends Partial<Permissions>>(permissions: P): P {
  return { ...permissions, net: (permissions.net ?? []).filter((host) => host !== "*") };
}

import type { RepoKey } from "../repo/repo-key.ts";

/** Who asks: the user of a token. Somebody without a token is `undefined`. */
export interface Viewer {
  name: string;
  role: "read" | "write" | "admin";
  /** The namespaces that the user belongs to, beside their own. */
  orgs: readonly string[];
  /** Those of `orgs` that the user may only see. */
  readOnlyOrgs?: readonly string[];
  /** The only namespaces that the token is good for; absent: all of the user's. */
  scope?: readonly string[];
  /** What is said of the token; absent for tokens that are given in the options of the server. */
  token?: { id: string; name: string; createdAt: string };
}

/** True for the namespaces whose repos are the viewer's own; all of them for an admin. */
export function belongsTo(viewer: Viewer | undefined, namespace: string): boolean {
  if (!viewer || (viewer.scope && !viewer.scope.includes(namespace))) return false;
  return viewer.role === "admin" || viewer.name === namespace || viewer.orgs.includes(namespace);
}

/**
 * True when the viewer may see a repo, or anything else that belongs to a namespace.
 *
 * @param anonymousRead - Whether what is public is for everybody, or for users of the hub only.
 */
export function maySee(
  viewer: Viewer | undefined,
  item: Pick<RepoKey, "namespace"> & { private: boolean },
  anonymousRead: boolean,
): boolean {
  if (item.private) return belongsTo(viewer, item.namespace);
  return viewer !== undefined || anonymousRead;
}

/** Says why the viewer may not change what belongs to a namespace; `undefined` when they may. */
export function writeProblem(viewer: Viewer, namespace: string): string | undefined {
  if (viewer.role === "read") return "This token may only read: use one with the role write.";
  if (viewer.scope && !viewer.scope.includes(namespace)) {
    return `This token is good for ${viewer.scope.join(", ")} only, not for ${namespace}.`;
  }
  if (!belongsTo(viewer, namespace)) return `${viewer.name} may not change what belongs to ${namespace}.`;
  if (viewer.role !== "admin" && viewer.readOnlyOrgs?.includes(namespace)) {
    return `${viewer.name} may see what belongs to ${namespace}, but not change it.`;
  }
  return undefined;
}

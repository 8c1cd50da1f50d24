import type { RepoKey } from "../repo/repo-key.ts";

/** Who asks: the user of a token. Somebody without a token is `undefined`. */
export interface Viewer {
  name: string;
  role: "read" | "write" | "admin";
  orgs: readonly string[];
}

/** True for the namespaces whose repos are the viewer's own; all of them for an admin. */
function belongsTo(viewer: Viewer | undefined, namespace: string): boolean {
  if (!viewer) return false;
  return viewer.role === "admin" || viewer.name === namespace || viewer.orgs.includes(namespace);
}

/**
 * True when the viewer may see a repo.
 *
 * @param anonymousRead - Whether public repos are for everybody, or for users of the hub only.
 */
export function maySee(
  viewer: Viewer | undefined,
  repo: RepoKey & { private: boolean },
  anonymousRead: boolean,
): boolean {
  if (repo.private) return belongsTo(viewer, repo.namespace);
  return viewer !== undefined || anonymousRead;
}

/** Says why the viewer may not change the repos of a namespace; `undefined` when they may. */
export function writeProblem(viewer: Viewer, namespace: string): string | undefined {
  if (viewer.role === "read") return "This token may only read: use one with the role write.";
  if (!belongsTo(viewer, namespace)) return `${viewer.name} may not change what belongs to ${namespace}.`;
  return undefined;
}

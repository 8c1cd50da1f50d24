import type { HubRequest } from "../../http/request/hub-request.ts";
import { type RepoKey, repoTypes } from "../../repo/repo-key.ts";
import type { Route } from "../../http/router.ts";

/**
 * The repo of an address that git uses, with or without `.git` at the end. Its piece is called `:repo`: requests of git
 * change no repo, so nobody has to look at it again after them.
 */
export function gitRepoKey({ params }: HubRequest): RepoKey {
  const type = repoTypes.get(params.get("type") ?? "models") ?? "model";
  return { type, namespace: params.get("namespace") ?? "", name: (params.get("repo") ?? "").replace(/\.git$/, "") };
}

/** The two addresses, of models and of everything else, that end with the same pieces. */
export function gitRoutePair(route: Route): Route[] {
  return [
    { ...route, path: `/:type/:namespace/:repo/${route.path}` },
    { ...route, path: `/:namespace/:repo/${route.path}` },
  ];
}

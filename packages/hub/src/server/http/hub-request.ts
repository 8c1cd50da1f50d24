import type { IncomingHttpHeaders } from "node:http";
import type { Viewer } from "../access/viewer.ts";
import { type RepoKey, repoTypes } from "../repo/repo-key.ts";
import type { RequestBody } from "./request-body.ts";

/** A request as the routes see it. */
export interface HubRequest {
  /** `HEAD` comes to the routes of `GET`; then the answer's body will not be sent. */
  head: boolean;
  /** The path as it came, without the path prefix of the hub. */
  path: string;
  /** The named pieces of the path, decoded. */
  params: ReadonlyMap<string, string>;
  /** The pieces of the path behind the named ones, decoded one by one. */
  rest: readonly string[];
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: RequestBody;
  /** Who asks; `undefined`: somebody without a token. */
  viewer: Viewer | undefined;
  /** Aborted when the client goes away, and when the server is closed and does not wait any longer. */
  signal: AbortSignal;
}

/** The repo that a path names: `:type` (models where there is none), `:namespace` and `:name`. */
export function repoKeyOf(request: HubRequest): RepoKey {
  const type = repoTypes.get(request.params.get("type") ?? "models") ?? "model";
  return { type, namespace: request.params.get("namespace") ?? "", name: request.params.get("name") ?? "" };
}

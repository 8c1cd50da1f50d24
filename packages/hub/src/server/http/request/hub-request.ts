import type { IncomingHttpHeaders } from "node:http";
import type { Viewer } from "../../access/viewer.ts";
import { type RepoKey, repoTypes } from "../../repo/repo-key.ts";
import type { AuditNotes } from "../exchange.ts";
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
  /** What the audit log is to be told. */
  notes: AuditNotes;
  /** Aborted when the client goes away, and when the server is closed and does not wait any longer. */
  signal: AbortSignal;
}

/** The repo that a path names: `:type` (models where there is none), `:namespace` and `:name`. */
export function repoKeyOf(request: HubRequest): RepoKey {
  return repoKeyIn(request.params) ?? { type: "model", namespace: "", name: "" };
}

/** The repo that the variable pieces of a path name; `undefined` where they name none. */
export function repoKeyIn(params: ReadonlyMap<string, string>): RepoKey | undefined {
  const [namespace, name] = [params.get("namespace"), params.get("name")];
  if (namespace === undefined || name === undefined) return undefined;
  return { type: repoTypes.get(params.get("type") ?? "models") ?? "model", namespace, name };
}

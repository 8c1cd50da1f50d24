import type { Hub } from "../hub.ts";
import { HubServerError } from "../hub-server-error.ts";
import { repoTypes } from "../repo/repo-key.ts";
import type { HubRequest } from "./request/hub-request.ts";
import type { Reply } from "./reply/reply.ts";

/** One address of the hub, for one method. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /**
   * Pieces between `/`: a word, `:x` for any one piece, `:type` for `models`, `datasets` or `spaces`, and at the end
   * `*` for all further pieces.
   */
  path: string;
  /**
   * Also takes the token as the password of HTTP Basic, as git sends it. Only where no browser can be made to change
   * something: a browser sends such a password of itself once it was given.
   */
  basicAuth?: boolean;
  /** Takes files of any size: `limits.uploadTimeoutMs` holds instead of `limits.requestTimeoutMs`. */
  upload?: boolean;
  /** What the audit log calls it; absent for what changes nothing. */
  action?: string;
  /** Is not counted by the rate limit, unless it is refused. */
  unlimited?: boolean;
  handle(request: HubRequest, hub: Hub): Promise<Reply> | Reply;
}

/** A route that fits, and what the variable pieces of its path are. */
export interface Match {
  route: Route;
  params: Map<string, string>;
  rest: string[];
}

/**
 * Finds the route for a path.
 *
 * The path is split as it came and only then decoded, piece by piece: a branch `feat/x` is sent as `feat%2Fx`, and
 * must stay one piece.
 *
 * @param rawPath - As it came, without the query; starts with `/`.
 * @throws HubServerError `HUB_ROUTE_NOT_FOUND`, `HUB_METHOD_NOT_ALLOWED`, or `HUB_BAD_REQUEST` for wrong encodings.
 */
export function findRoute(routes: readonly Route[], method: string, rawPath: string): Match {
  const pieces = rawPath.slice(1).split("/").map(decodePiece);
  const allow = new Set<string>();
  for (const route of routes) {
    const matched = matchPath(route.path.slice(1).split("/"), pieces);
    if (!matched) continue;
    if (route.method === method) return { route, ...matched };
    allow.add(route.method);
    if (route.method === "GET") allow.add("HEAD");
  }
  if (allow.size > 0) {
    throw new HubServerError("HUB_METHOD_NOT_ALLOWED", `${method} is not possible here.`, { allow: [...allow] });
  }
  throw new HubServerError("HUB_ROUTE_NOT_FOUND", "The hub has no such address.");
}

function matchPath(pattern: string[], pieces: string[]): Omit<Match, "route"> | undefined {
  const open = pattern.at(-1) === "*";
  const named = open ? pattern.slice(0, -1) : pattern;
  if (open ? pieces.length <= named.length : pieces.length !== named.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, expected] of named.entries()) {
    const piece = pieces[index] ?? "";
    if (expected === ":type" && !repoTypes.has(piece)) return undefined;
    if (expected.startsWith(":")) params.set(expected.slice(1), piece);
    else if (expected !== piece) return undefined;
  }
  return { params, rest: pieces.slice(named.length) };
}

function decodePiece(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch (cause) {
    throw new HubServerError("HUB_BAD_REQUEST", "The address has a wrong percent encoding.", { cause });
  }
}

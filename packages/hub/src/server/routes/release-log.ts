import { HubServerError } from "../hub-server-error.ts";
import { pageLimit } from "../http/request/paging.ts";
import { json } from "../http/reply/reply.ts";
import type { Route } from "../http/router.ts";

const maxEntries = 1_000;

/**
 * `GET /api/registry/log?after=SEQ&limit=N`: the releases after a number, and the head of the whole log. Not part of
 * the Hugging Face Hub.
 */
export const releaseLogRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/registry/log",
    handle: async (request, hub) => {
      if (!request.viewer && !hub.anonymousRead) {
        throw new HubServerError("HUB_UNAUTHENTICATED", "The release log of this hub needs a token.");
      }
      const after = request.query.get("after") ?? "0";
      if (!/^\d{1,15}$/.test(after)) throw new HubServerError("HUB_BAD_REQUEST", "after is not a number.");
      return json(await hub.storage.releases(Number(after), pageLimit(request, maxEntries, maxEntries)));
    },
  },
];

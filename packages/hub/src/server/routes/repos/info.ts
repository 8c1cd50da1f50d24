import { openReadable, openWritable } from "../../access/open-repo.ts";
import type { Hub } from "../../hub.ts";
import { type HubRequest, repoKeyOf } from "../../http/request/hub-request.ts";
import { json, type Reply } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { expandNames, pickFields, readRepoView, repoFields } from "./repo-view.ts";
import { siblings } from "../files/siblings.ts";
import { resolveOrThrow } from "../split-revision.ts";

/** Describes one repo, and says whether it may be read or written. Protocol section 1.3. */
export const infoRoutes: readonly Route[] = [
  { method: "GET", path: "/api/:type/:namespace/:name", handle: sendInfo },
  { method: "GET", path: "/api/:type/:namespace/:name/revision/*", handle: sendInfo },
  {
    method: "GET",
    path: "/api/:type/:namespace/:name/auth-check",
    handle: async (request, hub) => {
      await openReadable(hub, request.viewer, repoKeyOf(request));
      return json({});
    },
  },
  {
    method: "GET",
    path: "/api/:type/:namespace/:name/auth-check/write",
    handle: async (request, hub) => {
      await openWritable(hub, request.viewer, repoKeyOf(request));
      return json({});
    },
  },
];

async function sendInfo(request: HubRequest, hub: Hub): Promise<Reply> {
  const repo = await openReadable(hub, request.viewer, repoKeyOf(request));
  const commit = await resolveOrThrow(repo, request.rest.length === 0 ? "HEAD" : request.rest.join("/"));
  const fields = repoFields(hub, await readRepoView(hub, repo, commit));
  const expand = expandNames(request.query);
  if (expand.length === 0 || expand.includes("siblings")) {
    fields["siblings"] = await siblings(repo, commit, request.query.get("blobs")?.toLowerCase() === "true");
  }
  return json(pickFields(repo.record, fields, expand.length === 0 ? Object.keys(fields) : expand));
}

import { openReadable } from "../../access/open-repo.ts";
import { repoKeyOf } from "../../http/request/hub-request.ts";
import { json } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import type { Ref } from "../../storage/hub-storage.ts";

/** Lists branches and tags. Protocol section 1.9. */
export const refsRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/:type/:namespace/:name/refs",
    handle: async (request, hub) => {
      const repo = await openReadable(hub, request.viewer, repoKeyOf(request));
      const { branches, tags } = await repo.refs();
      const pullRequests = ["1", "true"].includes(request.query.get("include_prs") ?? "") ? { pullRequests: [] } : {};
      return json({
        branches: refItems("heads", branches),
        tags: refItems("tags", tags),
        converts: [],
        ...pullRequests,
      });
    },
  },
];

function refItems(folder: "heads" | "tags", refs: readonly Ref[]): object[] {
  return refs.map(({ name, commit }) => ({ name, ref: `refs/${folder}/${name}`, targetCommit: commit }));
}

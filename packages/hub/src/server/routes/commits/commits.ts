import { openReadable } from "../../access/open-repo.ts";
import { repoKeyOf } from "../../http/request/hub-request.ts";
import { nextLink, pageLimit, readCursor } from "../../http/request/paging.ts";
import { json } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import type { Commit } from "../../storage/hub-storage.ts";
import { resolveOrThrow } from "../split-revision.ts";

const defaultPage = 100;
const maxPage = 1_000;

/** Lists the commits of a revision, newest first. Protocol section 1.10. */
export const commitsRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/:type/:namespace/:name/commits/*",
    handle: async (request, hub) => {
      const repo = await openReadable(hub, request.viewer, repoKeyOf(request));
      const limit = pageLimit(request, defaultPage, maxPage);
      // The cursor holds the commit that the first page started at: later commits do not shift the pages.
      const [pinned, skip = "0"] = readCursor(request) ?? [];
      const start = await resolveOrThrow(repo, pinned ?? request.rest.join("/"));
      const from = /^\d{1,9}$/.test(skip) ? Number(skip) : 0;
      const page: Commit[] = [];
      const total = await repo.historyLength(start);
      let passed = 0;
      for await (const commit of repo.history(start)) {
        if (passed >= from) page.push(commit);
        passed += 1;
        if (page.length === limit) break;
      }
      const next = from + page.length < total ? nextLink(hub.publicUrl, request, [start, String(from + limit)]) : {};
      return json(page.map(commitItem), { "X-Total-Count": String(total), ...next });
    },
  },
];

function commitItem(commit: Commit): object {
  return {
    id: commit.oid,
    title: commit.title,
    message: commit.body,
    authors: [{ user: commit.author.name, avatar: "" }],
    date: new Date(commit.committedAt).toISOString(),
  };
}

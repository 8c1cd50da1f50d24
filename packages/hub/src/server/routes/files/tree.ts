import { openReadable } from "../../access/open-repo.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { repoKeyOf } from "../../http/request/hub-request.ts";
import { nextLink, pageLimit, readCursor } from "../../http/request/paging.ts";
import { json } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import type { Entry } from "../../storage/hub-storage.ts";
import { entryItems } from "./entry-items.ts";
import { resolveOrThrow, splitRevision } from "../split-revision.ts";

const page = 1_000;
/** Finding the last commit of each entry costs more than the entry. */
const expandedPage = 50;

/** Lists a folder. Protocol section 1.6. */
export const treeRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/:type/:namespace/:name/tree/*",
    handle: async (request, hub) => {
      const repo = await openReadable(hub, request.viewer, repoKeyOf(request));
      const { commit: now, path } = await splitRevision(repo, request.rest);
      // The cursor holds the commit of the first page: later commits do not shift the pages.
      const [pinned, after] = readCursor(request) ?? [];
      const commit = pinned === undefined ? now : await resolveOrThrow(repo, pinned);
      const recursive = request.query.get("recursive")?.toLowerCase() === "true";
      const expand = request.query.get("expand")?.toLowerCase() === "true";
      const max = expand ? expandedPage : page;
      const limit = pageLimit(request, max, max);

      if ((await repo.entry(commit, path))?.type !== "directory") {
        throw new HubServerError("HUB_ENTRY_NOT_FOUND", `There is no folder ${path} at ${commit}.`, { commit });
      }
      const entries: Entry[] = [];
      let more = false;
      for await (const entry of repo.entries(commit, path, { recursive, ...(after === undefined ? {} : { after }) })) {
        more = entries.length === limit;
        if (more) break;
        entries.push(entry);
      }
      const last = entries.at(-1);
      const next = more && last ? nextLink(hub.publicUrl, request, [commit, last.path]) : {};
      return json(await entryItems(repo, commit, entries, expand), next);
    },
  },
];

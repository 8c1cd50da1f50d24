import { maySee } from "../access/viewer.ts";
import type { Hub } from "../hub.ts";
import { HubServerError } from "../hub-server-error.ts";
import type { HubRequest } from "../http/hub-request.ts";
import { nextLink, pageLimit, readCursor } from "../http/paging.ts";
import { json } from "../http/reply.ts";
import type { Route } from "../http/router.ts";
import { repoId, repoTypes } from "../repo/repo-key.ts";
import { expandNames, pickFields, readRepoView, repoFields, type RepoView, siblings } from "./repo-view.ts";

const maxPage = 1_000;
/** The fields of an item when the client names none. */
const plainFields = [
  "author",
  "lastModified",
  "createdAt",
  "private",
  "tags",
  "likes",
  "downloads",
  "sdk",
  "pipeline_tag",
];
/** What `full=true` adds. */
const fullFields = ["sha", "gated", "disabled", "cardData", "siblings"];

/** Lists and searches repos. Protocol section 1.11. */
export const listRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/:type",
    handle: async (request, hub) => {
      if (!request.viewer && !hub.anonymousRead) {
        throw new HubServerError("HUB_UNAUTHENTICATED", "The repos of this hub are listed to users with a token only.");
      }
      const limit = pageLimit(request, maxPage, maxPage);
      const sorted = sortViews(request, await findViews(request, hub));
      const after = readCursor(request);
      const rest = after ? sorted.filter(({ key }) => compareKeys(key, after) > 0) : sorted;
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      const next = rest.length > page.length && last ? nextLink(hub.publicUrl, request, last.key) : {};
      const items: object[] = [];
      for (const { view } of page) items.push(await listItem(request, view));
      return json(items, next);
    },
  },
];

/** The repos that the viewer may see and that fit the search. */
async function findViews(request: HubRequest, hub: Hub): Promise<RepoView[]> {
  const type = repoTypes.get(request.params.get("type") ?? "") ?? "model";
  const author = request.query.get("author")?.toLowerCase();
  const search = request.query.get("search")?.toLowerCase() ?? "";
  const filters = request.query.getAll("filter").flatMap((filter) => filter.split(","));
  const views: RepoView[] = [];
  for (const repo of await hub.storage.listRepos(type)) {
    if (!maySee(request.viewer, repo.record, hub.anonymousRead)) continue;
    if (author !== undefined && repo.record.namespace.toLowerCase() !== author) continue;
    if (!repoId(repo.record).toLowerCase().includes(search)) continue;
    const head = await repo.resolve("HEAD");
    const view = head === undefined ? undefined : await readRepoView(hub, repo, head);
    if (view && filters.every((filter) => view.tags.includes(filter))) views.push(view);
  }
  return views;
}

/** A repo and its place in the order: what it is sorted by, then its id. */
interface Sorted {
  key: [value: string, id: string];
  view: RepoView;
}

/** Newest first. What this hub does not count (likes, downloads) is the same for all. */
function sortViews(request: HubRequest, views: readonly RepoView[]): Sorted[] {
  const sort = request.query.get("sort") ?? "lastModified";
  const descending = request.query.get("direction") !== "1" && sort !== "id";
  const sorted = views.map((view): Sorted => ({
    key: [sortValue(sort, view, descending), repoId(view.repo.record)],
    view,
  }));
  return sorted.sort((a, b) => compareKeys(a.key, b.key));
}

/** A text that sorts as the value does: of fixed length, and counted down for the other direction. */
function sortValue(sort: string, view: RepoView, descending: boolean): string {
  const times: Record<string, number> = {
    lastModified: view.commit.committedAt,
    createdAt: Date.parse(view.repo.record.createdAt),
  };
  const time = (Object.hasOwn(times, sort) ? times[sort] : undefined) ?? 0;
  return String(descending ? Number.MAX_SAFE_INTEGER - time : time).padStart(16, "0");
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const index of [0, 1]) {
    const [left = "", right = ""] = [a[index], b[index]];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

async function listItem(request: HubRequest, view: RepoView): Promise<object> {
  const fields = repoFields(view);
  const full = request.query.get("full")?.toLowerCase() === "true";
  const asked = expandNames(request.query);
  const names = asked.length > 0 ? asked : [...plainFields, ...(full ? fullFields : [])];
  if (request.query.get("cardData")?.toLowerCase() === "true") names.push("cardData");
  if (names.includes("siblings")) fields["siblings"] = await siblings(view.repo, view.commit.oid, false);
  // The JavaScript client reads lastModified whatever it asked for.
  return pickFields(view.repo, fields, new Set([...names, "lastModified"]));
}

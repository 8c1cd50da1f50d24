import { openReadable } from "../../access/open-repo.ts";
import { maySee } from "../../access/viewer.ts";
import type { Hub } from "../../hub.ts";
import { HubServerError } from "../../hub-server-error.ts";
import type { HubRequest } from "../../http/request/hub-request.ts";
import { nextLink, pageLimit, readCursor } from "../../http/request/paging.ts";
import { json, type Reply } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { repoId, repoTypes } from "../../repo/repo-key.ts";
import type { IndexedRepo } from "../../search/indexed-repo.ts";
import { expandNames, pickFields, repoFields } from "./repo-view.ts";
import { siblings } from "../files/siblings.ts";

const maxPage = 1_000;
/** Most pages are short; one that lists the files of each repo costs more. */
const maxFullPage = 100;
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
  "library_name",
];
/** What `full=true` adds. */
const fullFields = ["sha", "gated", "disabled", "cardData", "siblings"];

/** Lists and searches repos. Protocol section 1.11. */
export const listRoutes: readonly Route[] = [{ method: "GET", path: "/api/:type", handle: listRepos }];

async function listRepos(request: HubRequest, hub: Hub): Promise<Reply> {
  if (!request.viewer && !hub.anonymousRead) {
    throw new HubServerError("HUB_UNAUTHENTICATED", "The repos of this hub are listed to users with a token only.");
  }
  const names = fieldNames(request);
  const max = names.has("siblings") ? maxFullPage : maxPage;
  const limit = pageLimit(request, max, max);
  const sorted = sortRepos(request, await findRepos(request, hub));
  const after = readCursor(request);
  const rest = after ? sorted.filter(({ key }) => compareKeys(key, after) > 0) : sorted;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const next = rest.length > page.length && last ? nextLink(hub.publicUrl, request, last.key) : {};
  const items: object[] = [];
  for (const { repo } of page) {
    const item = await listItem(request, hub, repo, names);
    if (item) items.push(item);
  }
  return json(items, next);
}

/** The repos that the viewer may see and that fit the search. */
async function findRepos(request: HubRequest, hub: Hub): Promise<IndexedRepo[]> {
  const { query, viewer } = request;
  const type = repoTypes.get(request.params.get("type") ?? "") ?? "model";
  const author = query.get("author")?.toLowerCase();
  const search = query.get("search")?.toLowerCase() ?? "";
  const filters = query.getAll("filter").flatMap((filter) => filter.split(","));
  const found: IndexedRepo[] = [];
  for (const repo of (await hub.index.repos(request.signal)).values()) {
    const { record, tags } = repo;
    if (record.type !== type || !maySee(viewer, record, hub.anonymousRead)) continue;
    if (author !== undefined && record.namespace.toLowerCase() !== author) continue;
    if (!repoId(record).toLowerCase().includes(search)) continue;
    if (filters.every((filter) => tags.includes(filter))) found.push(repo);
  }
  return found;
}

/** A repo and its place in the order: what it is sorted by, then its id. */
interface Sorted {
  key: [value: string, id: string];
  repo: IndexedRepo;
}

/** Newest first. What this hub does not count (likes, downloads) is the same for all. */
function sortRepos(request: HubRequest, repos: readonly IndexedRepo[]): Sorted[] {
  const sort = request.query.get("sort") ?? "lastModified";
  const descending = request.query.get("direction") !== "1" && sort !== "id";
  const sorted = repos.map((repo): Sorted => ({ key: [sortValue(sort, repo, descending), repoId(repo.record)], repo }));
  return sorted.sort((a, b) => compareKeys(a.key, b.key));
}

/** A text that sorts as the value does: of fixed length, and counted down for the other direction. */
function sortValue(sort: string, { committedAt, record }: IndexedRepo, descending: boolean): string {
  const times: Record<string, number> = { lastModified: committedAt, createdAt: Date.parse(record.createdAt) };
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

/** The names of the fields that a client asks for. */
function fieldNames({ query }: HubRequest): Set<string> {
  const full = query.get("full")?.toLowerCase() === "true";
  const asked = expandNames(query);
  const names = new Set(asked.length > 0 ? asked : [...plainFields, ...(full ? fullFields : [])]);
  if (query.get("cardData")?.toLowerCase() === "true") names.add("cardData");
  // The JavaScript client reads lastModified whatever it asked for.
  return names.add("lastModified");
}

/** @returns `undefined` for a repo that was hidden or deleted meanwhile: the index may not know it yet. */
async function listItem(
  request: HubRequest,
  hub: Hub,
  known: IndexedRepo,
  names: ReadonlySet<string>,
): Promise<object | undefined> {
  try {
    const repo = await openReadable(hub, request.viewer, known.record);
    const fields = repoFields(hub, { ...known, record: repo.record });
    if (names.has("siblings")) fields["siblings"] = await siblings(repo, known.sha, false);
    return pickFields(repo.record, fields, names);
  } catch (error) {
    if (error instanceof HubServerError && error.code === "HUB_REPO_NOT_FOUND") return undefined;
    throw error;
  }
}

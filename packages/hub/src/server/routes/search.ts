import { openReadable } from "../access/open-repo.ts";
import { belongsTo, maySee } from "../access/viewer.ts";
import type { Hub } from "../hub.ts";
import { HubServerError } from "../hub-server-error.ts";
import type { HubRequest } from "../http/request/hub-request.ts";
import { nextLink, pageLimit, readCursor, writeCursor } from "../http/request/paging.ts";
import { json, type Reply } from "../http/reply/reply.ts";
import type { Route } from "../http/router.ts";
import { repoId } from "../repo/repo-key.ts";
import { countFacets } from "../search/facets.ts";
import type { IndexedPackage, IndexedRepo } from "../search/indexed-repo.ts";
import { matchesPackage, type PackageQuery, readPackageQuery } from "../search/package-query.ts";

const defaultPage = 20;
const maxPage = 100;

/** A package that was found, and its place in the order. */
interface Hit {
  repo: IndexedRepo;
  found: IndexedPackage;
  /** 0 without words. */
  score: number;
  /** The larger, the sooner: the score, or without words the time of the last change. */
  rank: number;
  path: string;
}

/**
 * `GET /api/smoltools/search`: tool packages by words, tags, owner, types of inputs and outputs, permissions, runtime.
 * Not part of the Hugging Face Hub.
 */
export const searchRoutes: readonly Route[] = [
  { method: "GET", path: "/api/smoltools/search", handle: searchPackages },
  { method: "GET", path: "/api/spaces/semantic-search", handle: searchSpaces },
];

async function searchPackages(request: HubRequest, hub: Hub): Promise<Reply> {
  refuseStrangers(request, hub);
  const query = readPackageQuery(request.query);
  const limit = pageLimit(request, defaultPage, maxPage);
  const hits = await findHits(request, hub, query);
  const [rank, path] = readCursor(request) ?? [];
  const rest = rank === undefined ? hits : hits.filter((hit) => comesAfter(hit, Number(rank), path ?? ""));
  const page = firstOf(rest, limit);
  const last = page.at(-1);
  const cursor = rest.length > page.length && last ? [String(last.rank), last.path] : undefined;
  const link = cursor ? nextLink(hub.publicUrl, request, cursor) : {};
  // The index may not know yet that another process has hidden or deleted a repo.
  const there = await Promise.all(page.map(({ repo }) => isThere(request, hub, repo)));
  const results = page.filter((_, index) => there[index]).map(resultItem);
  const facets = countFacets(hits.map(({ repo, found }) => [repo, found]));
  return json({ total: hits.length, results, facets, next: cursor ? writeCursor(cursor) : null }, link);
}

/** Spaces by words, as the Python client's `search_spaces` asks for them; ranked by words, not by meaning. */
async function searchSpaces(request: HubRequest, hub: Hub): Promise<Reply> {
  refuseStrangers(request, hub);
  const text = (request.query.get("q") ?? "").slice(0, 200);
  const filters = request.query.getAll("filter");
  const sdks = request.query.getAll("sdk");
  const repos = await hub.index.repos(request.signal);
  const scores = hub.index.search(
    text,
    (repo) =>
      repo.record.type === "space" &&
      maySee(request.viewer, repo.record, hub.anonymousRead) &&
      filters.every((filter) => repo.tags.includes(filter)) &&
      (sdks.length === 0 || sdks.some((sdk) => repo.tags.includes(sdk))),
  );
  const items: object[] = [];
  const best = [...scores].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).slice(0, defaultPage);
  for (const [path, score] of best) {
    const repo = repos.get(path);
    if (!repo || !(await isThere(request, hub, repo))) continue;
    const { record, cardData, tags, committedAt } = repo;
    items.push({
      id: repoId(record),
      author: record.namespace,
      title: typeof cardData["title"] === "string" ? cardData["title"] : record.name,
      sdk: typeof cardData["sdk"] === "string" ? cardData["sdk"] : record.sdk,
      tags,
      private: record.private,
      likes: 0,
      lastModified: new Date(committedAt).toISOString(),
      createdAt: record.createdAt,
      semanticRelevancyScore: score / (score + 10),
    });
  }
  return json(items);
}

async function findHits(request: HubRequest, hub: Hub, query: PackageQuery): Promise<Hit[]> {
  const repos = await hub.index.repos(request.signal);
  const fits = (repo: IndexedRepo) =>
    repo.package !== undefined &&
    maySee(request.viewer, repo.record, hub.anonymousRead) &&
    matchesPackage(repo, repo.package, query);
  const hits: Hit[] = [];
  const add = (path: string, repo: IndexedRepo | undefined, score: number) => {
    if (!repo?.package) return;
    hits.push({ repo, found: repo.package, score, rank: score === 0 ? repo.committedAt : score, path });
  };
  if (query.text === "") for (const [path, repo] of [...repos].filter(([, one]) => fits(one))) add(path, repo, 0);
  else for (const [path, score] of hub.index.search(query.text, fits)) add(path, repos.get(path), score);
  return hits;
}

function comesAfter({ rank, path }: Hit, lastRank: number, lastPath: string): boolean {
  return rank < lastRank || (rank === lastRank && path > lastPath);
}

/** The first ones in their order: of thousands, a page is all that has to be sorted. */
function firstOf(hits: readonly Hit[], count: number): Hit[] {
  const first: Hit[] = [];
  for (const hit of hits) {
    const last = first[count - 1];
    if (last && comesAfter(hit, last.rank, last.path)) continue;
    let place = first.length;
    for (let before = first[place - 1]; before && comesAfter(before, hit.rank, hit.path); before = first[place - 1]) {
      place -= 1;
    }
    first.splice(place, 0, hit);
    if (first.length > count) first.pop();
  }
  return first;
}

async function isThere(request: HubRequest, hub: Hub, { record }: IndexedRepo): Promise<boolean> {
  if (record.private && belongsTo(request.viewer, record.namespace)) return true;
  try {
    await openReadable(hub, request.viewer, record);
    return true;
  } catch (error) {
    if (error instanceof HubServerError && error.code === "HUB_REPO_NOT_FOUND") return false;
    throw error;
  }
}

function resultItem({ repo, found, score }: Hit): object {
  const { record, tags, committedAt } = repo;
  return {
    repoType: record.type,
    id: repoId(record),
    score: Math.round(score * 1000) / 1000,
    private: record.private,
    lastModified: new Date(committedAt).toISOString(),
    tags,
    ...found,
  };
}

function refuseStrangers(request: HubRequest, hub: Hub): void {
  if (request.viewer || hub.anonymousRead) return;
  throw new HubServerError("HUB_UNAUTHENTICATED", "This hub is searched by users with a token only.");
}

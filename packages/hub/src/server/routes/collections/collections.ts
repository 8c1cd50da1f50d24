import { randomBytes } from "node:crypto";
import { checkWriter, openReadable } from "../../access/open-repo.ts";
import { maySee } from "../../access/viewer.ts";
import { type Collection, collectionName, slugOf } from "../../collections/collection.ts";
import { collectionNotFound } from "../../collections/collection-store.ts";
import type { Hub } from "../../hub.ts";
import { HubServerError } from "../../hub-server-error.ts";
import { optionalText, textField } from "../../http/request/fields.ts";
import type { HubRequest } from "../../http/request/hub-request.ts";
import { nextLink, pageLimit, readCursor } from "../../http/request/paging.ts";
import { json, type Reply } from "../../http/reply/reply.ts";
import type { Route } from "../../http/router.ts";
import { checkRepoKey } from "../../repo/repo-key.ts";
import { readCollectionFields, readItem } from "./collection-fields.ts";
import { type CollectionContext, collectionView, readVisibleCollection } from "./collection-view.ts";
import { splitId } from "../repos/repos.ts";
import { readVisibility } from "../repos/visibility.ts";

const maxPage = 100;
const maxItems = 500;
const one = "/api/collections/:namespace/:slug";

/** Makes, lists and changes collections. Protocol section 1.14. */
export const collectionRoutes: readonly Route[] = [
  { method: "GET", path: "/api/collections", handle: listCollections },
  { method: "POST", path: "/api/collections", action: "collection.create", handle: createCollection },
  {
    method: "GET",
    path: one,
    handle: async (request, hub) => json(await view(request, hub, await openCollection(request, hub))),
  },
  { method: "PATCH", path: one, action: "collection.update", handle: updateCollection },
  { method: "DELETE", path: one, action: "collection.delete", handle: deleteCollection },
  { method: "POST", path: `${one}/items`, action: "collection.add", handle: addItem },
  { method: "PATCH", path: `${one}/items/:item`, action: "collection.change-item", handle: updateItem },
  { method: "DELETE", path: `${one}/items/:item`, action: "collection.remove", handle: deleteItem },
];

async function listCollections(request: HubRequest, hub: Hub): Promise<Reply> {
  if (!request.viewer && !hub.anonymousRead) {
    throw new HubServerError("HUB_UNAUTHENTICATED", "The collections of this hub are listed to users with a token.");
  }
  const { query, viewer } = request;
  const owners = query.getAll("owner");
  const items = query.getAll("item");
  const text = query.get("q")?.toLowerCase() ?? "";
  const limit = pageLimit(request, maxPage, maxPage);
  const found = (await hub.collections.list(owners.length === 1 ? owners[0] : undefined)).filter(
    (collection) =>
      maySee(viewer, collection, hub.anonymousRead) &&
      (owners.length === 0 || owners.includes(collection.namespace)) &&
      items.every((item) => holds(collection, item)) &&
      `${collection.title}\n${collection.description ?? ""}`.toLowerCase().includes(text),
  );
  // Those that were changed last come first: trends and votes are not counted here.
  const sorted = found.sort((a, b) => compare(keyOf(a), keyOf(b)));
  const after = readCursor(request);
  const rest = after ? sorted.filter((collection) => compare(keyOf(collection), after) > 0) : sorted;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const next = rest.length > page.length && last ? nextLink(hub.publicUrl, request, keyOf(last)) : {};
  const context = await contextOf(request, hub);
  return json(await Promise.all(page.map((collection) => collectionView(context, collection, true))), next);
}

async function createCollection(request: HubRequest, hub: Hub): Promise<Reply> {
  const fields = await request.body.json(hub.limits.maxBodyBytes);
  const namespace = optionalText(fields, "namespace") ?? request.viewer?.name ?? "";
  const viewer = checkWriter(request.viewer, namespace);
  checkRepoKey({ type: "model", namespace, name: "collection" });
  const { title = textField(fields, "title"), description, theme = "blue" } = readCollectionFields(fields);
  const now = new Date().toISOString();
  const collection: Collection = {
    namespace,
    name: collectionName(title, randomBytes(12).toString("hex")),
    title,
    ...(description !== undefined && { description }),
    private: readVisibility(fields) ?? false,
    theme,
    position: 0,
    createdBy: viewer.name,
    createdAt: now,
    updatedAt: now,
    items: [],
  };
  request.notes.target = `collections/${slugOf(collection)}`;
  const same = await hub.collections.add(collection, request.signal);
  if (same) {
    throw new HubServerError("HUB_ALREADY_EXISTS", `${namespace} has a collection of this title already.`, {
      body: { slug: slugOf(same) },
    });
  }
  return json(await view(request, hub, collection));
}

async function updateCollection(request: HubRequest, hub: Hub): Promise<Reply> {
  const { namespace, name } = await openOwnCollection(request, hub);
  const fields = await request.body.json(hub.limits.maxBodyBytes);
  const { note: _ofItems, ...changes } = readCollectionFields(fields);
  const hidden = readVisibility(fields);
  const changed = await hub.collections.change(
    namespace,
    name,
    (collection) => {
      Object.assign(collection, changes);
      if (hidden !== undefined) collection.private = hidden;
    },
    request.signal,
  );
  return json({ success: true, data: await view(request, hub, changed) });
}

async function deleteCollection(request: HubRequest, hub: Hub): Promise<Reply> {
  const { namespace, name } = await openOwnCollection(request, hub);
  await hub.collections.remove(namespace, name, request.signal);
  return json({ success: true });
}

async function addItem(request: HubRequest, hub: Hub): Promise<Reply> {
  const { namespace, name } = await openOwnCollection(request, hub);
  const item = readItem(await request.body.json(hub.limits.maxBodyBytes));
  request.notes.facts["item"] = `${item.type} ${item.target}`;
  if (item.type !== "collection") await openReadable(hub, request.viewer, splitId(item.type, item.target));
  else if (!(await readVisibleCollection({ hub, viewer: request.viewer }, item.target))) {
    throw collectionNotFound(item.target);
  }
  const changed = await hub.collections.change(
    namespace,
    name,
    ({ items }) => {
      if (items.some(({ type, target }) => type === item.type && target === item.target)) {
        throw new HubServerError("HUB_ALREADY_EXISTS", `${item.target} is in the collection already.`);
      }
      if (items.length >= maxItems) {
        throw new HubServerError("HUB_BAD_REQUEST", `A collection has at most ${maxItems} items.`);
      }
      items.push(item);
    },
    request.signal,
  );
  return json(await view(request, hub, changed));
}

async function updateItem(request: HubRequest, hub: Hub): Promise<Reply> {
  const { namespace, name } = await openOwnCollection(request, hub);
  const fields = await request.body.json(hub.limits.maxBodyBytes);
  const { note, position } = readCollectionFields(fields);
  const changed = await hub.collections.change(
    namespace,
    name,
    (collection) => {
      const item = findItem(collection, request);
      if (note !== undefined) item.note = note;
      if (position === undefined) return;
      collection.items = collection.items.filter((other) => other !== item);
      collection.items.splice(position, 0, item);
    },
    request.signal,
  );
  return json({ success: true, data: await view(request, hub, changed) });
}

async function deleteItem(request: HubRequest, hub: Hub): Promise<Reply> {
  const { namespace, name } = await openOwnCollection(request, hub);
  const remove = (collection: Collection) => {
    const item = findItem(collection, request);
    collection.items = collection.items.filter((other) => other !== item);
  };
  return json(await view(request, hub, await hub.collections.change(namespace, name, remove, request.signal)));
}

function findItem(collection: Collection, { params }: HubRequest): Collection["items"][number] {
  const id = params.get("item");
  const item = collection.items.find((candidate) => candidate.id === id);
  if (item) return item;
  throw new HubServerError("HUB_COLLECTION_NOT_FOUND", "The collection has no such item.");
}

/** The collection that the address names, if the viewer may see it. */
async function openCollection(request: HubRequest, hub: Hub): Promise<Collection> {
  const slug = `${request.params.get("namespace")}/${request.params.get("slug")}`;
  request.notes.target = `collections/${slug}`;
  const collection = await readVisibleCollection({ hub, viewer: request.viewer }, slug);
  if (collection) return collection;
  throw collectionNotFound(slug);
}

async function openOwnCollection(request: HubRequest, hub: Hub): Promise<Collection> {
  const collection = await openCollection(request, hub);
  checkWriter(request.viewer, collection.namespace);
  return collection;
}

async function view(request: HubRequest, hub: Hub, collection: Collection): Promise<object> {
  return collectionView(await contextOf(request, hub), collection);
}

async function contextOf(request: HubRequest, hub: Hub): Promise<CollectionContext> {
  return { hub, viewer: request.viewer, repos: await hub.index.repos(request.signal) };
}

/** @param item - Type and id, such as `spaces/acme/weather`. */
function holds({ items }: Collection, item: string): boolean {
  return items.some(({ type, target }) => `${type}s/${target}` === item || `${type}/${target}` === item);
}

function keyOf(collection: Collection): [updatedAt: string, slug: string] {
  return [collection.updatedAt, slugOf(collection)];
}

/** Newest first; of the same time by slug. */
function compare([timeA = "", slugA = ""]: readonly string[], [timeB = "", slugB = ""]: readonly string[]): number {
  if (timeA !== timeB) return timeA < timeB ? 1 : -1;
  if (slugA === slugB) return 0;
  return slugA < slugB ? -1 : 1;
}

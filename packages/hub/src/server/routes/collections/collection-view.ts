import { maySee, type Viewer } from "../../access/viewer.ts";
import { type Collection, type CollectionItem, slugOf } from "../../collections/collection.ts";
import type { Hub } from "../../hub.ts";
import { repoTypes } from "../../repo/repo-key.ts";
import type { IndexedRepo } from "../../search/indexed-repo.ts";
import { pickFields, repoFields } from "../repos/repo-view.ts";

/** How many items of each collection a list of collections shows. */
const listedItems = 4;
/** The fields that an item tells of its repo. */
const itemFields = ["author", "private", "lastModified", "createdAt", "likes", "downloads", "sdk", "tags", "runtime"];

/** What a view of a collection is made from. */
export interface CollectionContext {
  hub: Hub;
  viewer: Viewer | undefined;
  repos: ReadonlyMap<string, IndexedRepo>;
}

/**
 * A collection as clients get it. Protocol section 1.14. Items that the viewer may not see, or that are gone, are left
 * out.
 *
 * @param listed - As in a list of collections: with few items, and without its position, which the Python client
 * counts itself.
 */
export async function collectionView(
  context: CollectionContext,
  collection: Collection,
  listed = false,
): Promise<object> {
  const { namespace, title, description, theme, updatedAt, position } = collection;
  const slug = slugOf(collection);
  const items: object[] = [];
  for (const [index, item] of collection.items.entries()) {
    if (listed && items.length === listedItems) break;
    const view = await itemView(context, item, index);
    if (view) items.push(view);
  }
  return {
    slug,
    title,
    ...(description !== undefined && { description }),
    lastUpdated: updatedAt,
    gating: false,
    owner: { type: "user", name: namespace, fullname: namespace, avatarUrl: "", isHf: false, isPro: false },
    items,
    theme,
    private: collection.private,
    upvotes: 0,
    isUpvotedByUser: false,
    ...(!listed && { position, shareUrl: `${context.hub.publicUrl}/collections/${slug}` }),
  };
}

async function itemView(
  context: CollectionContext,
  item: CollectionItem,
  position: number,
): Promise<object | undefined> {
  const { id, type, target, note } = item;
  const own = {
    _id: id,
    id: target,
    type,
    position,
    ...(note !== undefined && { note: { text: note, html: escapeHtml(note) } }),
  };
  if (type === "collection") {
    const inner = await readVisibleCollection(context, target);
    return inner && { ...own, slug: target, title: inner.title, numberItems: inner.items.length };
  }
  const [plural = ""] = [...repoTypes].find(([, singular]) => singular === type) ?? [];
  const repo = context.repos.get(type === "model" ? target : `${plural}/${target}`);
  if (!repo || !(await mayBeShown(context, repo))) return undefined;
  const { cardData, record } = repo;
  const title = typeof cardData["title"] === "string" ? cardData["title"] : record.name;
  const fields = pickFields(record, repoFields(context.hub, repo), itemFields);
  return { ...fields, ...own, repoType: type, title };
}

/** Asks the repo itself as well: the index may not know yet that another process has hidden or deleted it. */
async function mayBeShown({ hub, viewer }: CollectionContext, { record }: IndexedRepo): Promise<boolean> {
  if (!maySee(viewer, record, hub.anonymousRead)) return false;
  const repo = await hub.storage.openRepo(record);
  return repo !== undefined && maySee(viewer, repo.record, hub.anonymousRead);
}

/** The collection of a slug, if the viewer may see it. */
export async function readVisibleCollection(
  { hub, viewer }: Omit<CollectionContext, "repos">,
  slug: string,
): Promise<Collection | undefined> {
  const [namespace = "", name = ""] = slug.split("/");
  const collection = await hub.collections.read(namespace, name);
  return collection && maySee(viewer, collection, hub.anonymousRead) ? collection : undefined;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

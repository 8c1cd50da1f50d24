import type { RepoType } from "../repo/repo-key.ts";
import { isObject } from "../../shared/is-object.ts";

/** What a collection can hold here: repos of the hub, and other collections. */
export type CollectionItemType = RepoType | "collection";

/** One item of a collection. */
export interface CollectionItem {
  /** 24 hexadecimal digits: names it within the collection. */
  id: string;
  type: CollectionItemType;
  /** `namespace/name` of a repo, or the slug of a collection. */
  target: string;
  note?: string;
}

/** A list of repos that belong together. */
export interface Collection {
  namespace: string;
  /** Such as `weather-tools-64f9a55bb3115b4f513ec026`: the second half of the slug. */
  name: string;
  title: string;
  description?: string;
  private: boolean;
  theme: string;
  /** Its place among the collections of its owner. */
  position: number;
  /** The user who made it. */
  createdBy: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** ISO 8601, UTC. */
  updatedAt: string;
  /** In their order. */
  items: CollectionItem[];
}

/** The colours that the clients know. */
export const themes: readonly string[] = ["orange", "blue", "green", "purple", "pink", "indigo"];

/** What names a collection in addresses. */
export function slugOf({ namespace, name }: Pick<Collection, "namespace" | "name">): string {
  return `${namespace}/${name}`;
}

/** The last part of a slug: the title in letters and digits, and an id that makes it the only one. */
export function collectionName(title: string, id: string): string {
  const words = title
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
  return words === "" ? id : `${words}-${id}`;
}

/** True for the second half of a slug: what {@link collectionName} gives. */
export function isCollectionName(name: string): boolean {
  return name.length <= 90 && /^([a-z0-9]+-)*[0-9a-f]{24}$/.test(name);
}

/** True for values that have the shape of a collection. */
export function isCollection(value: unknown): value is Collection {
  if (!isObject(value)) return false;
  const { namespace, name, title, theme, createdBy, createdAt, updatedAt, items, position, description } = value;
  return (
    [namespace, name, title, theme, createdBy, createdAt, updatedAt].every((text) => typeof text === "string") &&
    (description === undefined || typeof description === "string") &&
    typeof value["private"] === "boolean" &&
    typeof position === "number" &&
    Array.isArray(items) &&
    items.every(isItem)
  );
}

function isItem(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, type, target, note } = value;
  return (
    [id, type, target].every((text) => typeof text === "string") && (note === undefined || typeof note === "string")
  );
}

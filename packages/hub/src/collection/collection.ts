import type { JsonSchema } from "@smoltools/core";
import { PackageError } from "../errors/package-error.ts";
import type { HubCallOptions, HubClient } from "../http/hub-client.ts";

/** A list of repos that somebody put together on a hub. */
export interface Collection {
  /** `owner/title-0123456789abcdef01234567`. */
  slug: string;
  title: string;
  /** In the order of the collection. */
  items: CollectionItem[];
}

/** One entry of a collection. */
export interface CollectionItem {
  /** `"space"`, `"model"`, `"dataset"`, `"paper"`, `"collection"`… */
  type: string;
  /** For repos `owner/name`. */
  id: string;
}

const form: JsonSchema = {
  type: "object",
  properties: {
    slug: { type: "string" },
    title: { type: "string" },
    items: {
      type: "array",
      maxItems: 1000,
      items: {
        type: "object",
        properties: { type: { type: "string" }, id: { type: "string" } },
        required: ["type", "id"],
      },
    },
  },
  required: ["slug", "title", "items"],
};

/**
 * Reads a collection. `GET /api/collections/{slug}`.
 *
 * @param slug - As its address has it, behind `/collections/`.
 * @throws PackageError `REF_INVALID` for a text that is no slug; HubError.
 */
export async function fetchCollection(
  client: HubClient,
  slug: string,
  options: HubCallOptions = {},
): Promise<Collection> {
  if (!/^[\w.-]{1,96}\/[\w.-]{1,200}$/.test(slug) || /(?:^|\/)\.{1,2}(?:\/|$)/.test(slug)) {
    throw new PackageError(
      `${JSON.stringify(slug.slice(0, 100))} is not the slug of a collection: it looks like owner/title-0123456789abcdef01234567`,
      { code: "REF_INVALID", data: { slug: slug.slice(0, 100) } },
    );
  }
  const { title, items } = await client.json<Collection>(`/api/collections/${slug}`, slug, form, options);
  return { slug, title, items: items.map(({ type, id }) => ({ type, id })) };
}

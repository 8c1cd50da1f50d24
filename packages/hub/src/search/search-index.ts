import type { JsonSchema } from "@smoltools/core";
import type { HubClient } from "../http/hub-client.ts";
import type { RepoType } from "../ref/ref.ts";
import type { FoundPackage, SearchOptions, SearchSummary } from "./search-options.ts";

/** Most packages of one answer. */
const pageSize = 100;

interface Page extends SearchSummary {
  results: (Omit<FoundPackage, "repo"> & { id: string })[];
  next: string | null;
}

const text: JsonSchema = { type: "string" };
const texts: JsonSchema = { type: "array", items: text };
const values: JsonSchema = {
  type: "array",
  items: { type: "object", properties: { name: text, types: texts }, required: ["name", "types"] },
};
const tool: JsonSchema = {
  type: "object",
  properties: { name: text, description: text, inputs: values, outputs: values },
  required: ["name", "description", "inputs", "outputs"],
};
const counts: JsonSchema = {
  type: "array",
  items: { type: "object", properties: { value: text, count: { type: "integer" } }, required: ["value", "count"] },
};

const pageForm: JsonSchema = {
  type: "object",
  properties: {
    total: { type: "integer" },
    results: {
      type: "array",
      maxItems: pageSize,
      items: {
        type: "object",
        properties: {
          repoType: { enum: ["model", "dataset", "space"] satisfies RepoType[] },
          id: { type: "string", pattern: "^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$" },
          score: { type: "number" },
          private: { type: "boolean" },
          lastModified: text,
          tags: texts,
          kind: { const: "agent" },
          version: text,
          description: text,
          keywords: texts,
          license: text,
          runtime: text,
          permissions: texts,
          tools: { type: "array", items: tool },
          deprecated: text,
        },
        required: ["repoType", "id", "private", "lastModified", "tags"],
      },
    },
    facets: {
      type: "object",
      properties: { tag: counts, owner: counts, runtime: counts, permission: counts },
      required: ["tag", "owner", "runtime", "permission"],
    },
    next: { type: ["string", "null"] },
  },
  required: ["total", "results", "facets", "next"],
};

/**
 * Searches an embedded hub by its own index: `GET /api/smoltools/search`.
 *
 * @throws HubError `HUB_REPO_NOT_FOUND` when the hub has no such index; and as every call of a hub does.
 */
export async function* searchIndex(
  client: HubClient,
  words: string,
  options: SearchOptions & { limit: number },
): AsyncGenerator<FoundPackage, void> {
  let left = options.limit;
  let cursor: string | null = null;
  do {
    const page: Page = await client.json<Page>(
      `/api/smoltools/search?${queryOf(words, options, Math.min(left, pageSize), cursor)}`,
      "the search",
      pageForm,
      { signal: options.signal },
    );
    if (cursor === null) options.onSummary?.({ total: page.total, facets: page.facets });
    for (const { id, ...found } of page.results) {
      yield { ...found, repo: id };
      left -= 1;
      if (left === 0) return;
    }
    // A hub that leads in a circle would be followed for ever.
    if (page.next === cursor || page.results.length === 0) return;
    cursor = page.next;
  } while (cursor !== null);
}

function queryOf(words: string, options: SearchOptions, limit: number, cursor: string | null): URLSearchParams {
  const { tags = [], inputs = [], outputs = [], permissions = [], owner, repoType, runtime } = options;
  const lists: [string, readonly string[]][] = [
    ["tag", tags],
    ["input", inputs],
    ["output", outputs],
    ["permission", permissions],
  ];
  const query = new URLSearchParams({ q: words, limit: String(limit) });
  for (const [name, list] of lists) for (const value of list) query.append(name, value);
  if (owner !== undefined) query.set("owner", owner);
  if (repoType !== undefined) query.set("type", repoType);
  if (runtime !== undefined) query.set("runtime", runtime);
  if (cursor !== null) query.set("cursor", cursor);
  return query;
}

import type { Hub } from "../../hub.ts";
import { cardTags, maxCardBytes, parseCard } from "../../repo/card.ts";
import { repoId } from "../../repo/repo-key.ts";
import { subdomainOf } from "../../repo/space-hosts.ts";
import type { RepoRecord, RepoStore } from "../../storage/hub-storage.ts";

/** What the hub says of a repo at one commit. */
export interface RepoView {
  record: RepoRecord;
  /** The commit. */
  sha: string;
  /** When it was made; ms since 1970. */
  committedAt: number;
  /** The front matter of its README.md. */
  cardData: Record<string, unknown>;
  tags: readonly string[];
}

/** Reads what {@link repoFields} needs. */
export async function readRepoView(hub: Hub, repo: RepoStore, sha: string): Promise<RepoView> {
  const { record } = repo;
  const { committedAt } = await repo.commit(sha);
  const cardData = await readCardData(hub, repo, sha);
  return { record, sha, committedAt, cardData, tags: cardTags(cardData, record.sdk) };
}

/**
 * The fields of a repo that can be had without listing its files. Protocol section 1.3.
 *
 * This hub counts neither likes nor downloads: it says so with the values that clients expect then.
 */
export function repoFields(hub: Hub, view: RepoView): Record<string, unknown> {
  const { record, sha, committedAt, cardData, tags } = view;
  const common = {
    author: record.namespace,
    sha,
    lastModified: new Date(committedAt).toISOString(),
    createdAt: record.createdAt,
    private: record.private,
    gated: false,
    disabled: false,
    tags,
    cardData,
    likes: 0,
    downloads: 0,
    trendingScore: 0,
  };
  if (record.type === "model") {
    const { library_name, pipeline_tag } = cardData;
    return { ...common, modelId: repoId(record), library_name, pipeline_tag };
  }
  if (record.type === "dataset") return common;
  const id = repoId(record);
  return {
    ...common,
    sdk: typeof cardData["sdk"] === "string" ? cardData["sdk"] : record.sdk,
    subdomain: subdomainOf(id),
    host: hub.spaces.host(id),
    runtime: hub.spaces.runtime(id),
    models: [],
    datasets: [],
  };
}

/** A view of some fields. `_id` and `id` are always there: the JavaScript client reads both. */
export function pickFields(
  record: RepoRecord,
  fields: Readonly<Record<string, unknown>>,
  names: Iterable<string>,
): Record<string, unknown> {
  const picked: [string, unknown][] = [...names]
    .filter((name) => Object.hasOwn(fields, name))
    .map((name) => [name, fields[name]]);
  return { _id: record.id, id: repoId(record), ...Object.fromEntries(picked) };
}

/** The names that `expand` asks for. One call of the JavaScript client writes it with brackets. */
export function expandNames(query: URLSearchParams): string[] {
  return [...query.getAll("expand"), ...query.getAll("expand[]")];
}

async function readCardData(hub: Hub, repo: RepoStore, commit: string): Promise<Record<string, unknown>> {
  const entry = await repo.entry(commit, "README.md");
  if (entry?.type !== "file" || (await repo.blobSize(entry.oid)) > maxCardBytes) return {};
  const key = `${repo.record.id}:${entry.oid}`;
  const known = hub.cards.get(key);
  if (known) return known.data;
  const bytes = await repo.blob(entry.oid);
  const card = parseCard(Buffer.from(bytes).toString("utf8"));
  hub.cards.set(key, card, bytes.length);
  return card.data;
}

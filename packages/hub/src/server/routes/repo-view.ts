import type { Hub } from "../hub.ts";
import { type Card, cardTags, maxCardBytes, parseCard } from "../repo/card.ts";
import { repoId } from "../repo/repo-key.ts";
import type { Commit, RepoStore } from "../storage/hub-storage.ts";

/** What the hub says of a repo at one commit. */
export interface RepoView {
  repo: RepoStore;
  commit: Commit;
  card: Card;
  tags: string[];
}

/** Reads what {@link repoFields} needs. */
export async function readRepoView(hub: Hub, repo: RepoStore, oid: string): Promise<RepoView> {
  const commit = await repo.commit(oid);
  const card = await readCard(hub, repo, oid);
  return { repo, commit, card, tags: cardTags(card.data, repo.record.sdk) };
}

/**
 * The fields of a repo that can be had without listing its files. Protocol section 1.3.
 *
 * This hub counts neither likes nor downloads and runs no Spaces: it says so with the values that clients expect then.
 */
export function repoFields({ repo, commit, card, tags }: RepoView): Record<string, unknown> {
  const { record } = repo;
  const common = {
    author: record.namespace,
    sha: commit.oid,
    lastModified: new Date(commit.committedAt).toISOString(),
    createdAt: record.createdAt,
    private: record.private,
    gated: false,
    disabled: false,
    tags,
    cardData: card.data,
    likes: 0,
    downloads: 0,
    trendingScore: 0,
  };
  if (record.type === "model") {
    const { library_name, pipeline_tag } = card.data;
    return { ...common, modelId: repoId(record), library_name, pipeline_tag };
  }
  if (record.type === "dataset") return common;
  const hardware = { current: null, requested: null };
  return {
    ...common,
    sdk: typeof card.data["sdk"] === "string" ? card.data["sdk"] : record.sdk,
    runtime: { stage: "NO_APP_FILE", hardware, storage: null },
    models: [],
    datasets: [],
  };
}

/** The files of a repo as `siblings` lists them. */
export async function siblings(repo: RepoStore, commit: string, blobs: boolean): Promise<object[]> {
  const found: object[] = [];
  for await (const entry of repo.entries(commit, "", { recursive: true })) {
    if (entry.type !== "file") continue;
    const blob = blobs ? { size: await repo.blobSize(entry.oid), blobId: entry.oid } : {};
    found.push({ rfilename: entry.path, ...blob });
  }
  return found;
}

/** A view of some fields. `_id` and `id` are always there: the JavaScript client reads both. */
export function pickFields(
  repo: RepoStore,
  fields: Readonly<Record<string, unknown>>,
  names: Iterable<string>,
): Record<string, unknown> {
  const picked: [string, unknown][] = [...names]
    .filter((name) => Object.hasOwn(fields, name))
    .map((name) => [name, fields[name]]);
  return { _id: repo.record.id, id: repoId(repo.record), ...Object.fromEntries(picked) };
}

/** The names that `expand` asks for. One call of the JavaScript client writes it with brackets. */
export function expandNames(query: URLSearchParams): string[] {
  return [...query.getAll("expand"), ...query.getAll("expand[]")];
}

async function readCard(hub: Hub, repo: RepoStore, commit: string): Promise<Card> {
  const entry = await repo.entry(commit, "README.md");
  if (entry?.type !== "file" || (await repo.blobSize(entry.oid)) > maxCardBytes) return { data: {}, problems: [] };
  const key = `${repo.record.id}:${entry.oid}`;
  const known = hub.cards.get(key);
  if (known) return known;
  const bytes = await repo.blob(entry.oid);
  const card = parseCard(Buffer.from(bytes).toString("utf8"));
  hub.cards.set(key, card, bytes.length);
  return card;
}

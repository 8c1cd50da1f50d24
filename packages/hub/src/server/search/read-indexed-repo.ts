import { createHash } from "node:crypto";
import { cardTags, maxCardBytes, parseCard } from "../repo/card.ts";
import { isReleaseTag } from "../repo/release-tag.ts";
import type { Ref, RepoStore } from "../storage/hub-storage.ts";
import type { IndexedRepo } from "./indexed-repo.ts";
import { readPackage } from "./read-package.ts";
import { readText } from "../storage/read-text.ts";

/**
 * Reads what the index has to know of a repo.
 *
 * @param known - What it knows already: given back as it is when nothing has changed.
 * @returns `undefined` for a repo that has no commit.
 */
export async function readIndexedRepo(
  repo: RepoStore,
  known: IndexedRepo | undefined,
): Promise<IndexedRepo | undefined> {
  const [sha, { tags }] = [await repo.resolve("HEAD"), await repo.refs()];
  if (sha === undefined) return undefined;
  const stamp = stampOf(repo, sha, tags);
  if (known?.stamp === stamp) return known;
  const { record } = repo;
  const { committedAt } = await repo.commit(sha);
  const cardData = parseCard((await readText(repo, sha, "README.md", maxCardBytes)) ?? "").data;
  const found = await readPackage(repo, sha, tags);
  return {
    record,
    stamp,
    sha,
    committedAt,
    tags: cardTags(cardData, record.sdk),
    cardData,
    ...(found && { package: found }),
  };
}

function stampOf({ record }: RepoStore, sha: string, tags: readonly Ref[]): string {
  const hash = createHash("sha256").update(JSON.stringify([record, sha]));
  for (const { name, commit } of tags) if (isReleaseTag(name)) hash.update(`${name} ${commit}\n`);
  return hash.digest("base64url");
}

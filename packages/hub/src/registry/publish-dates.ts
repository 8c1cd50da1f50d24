import type { JsonSchema } from "@smoltools/core";
import type { HubCallOptions, HubClient, Repo } from "../http/hub-client.ts";
import type { PublishedVersion } from "./published-versions.ts";

/** Most commits of the branch `main` that are looked through. */
const maxCommits = 1000;
/** Most versions that are asked for by themselves: those of other branches. */
const maxSingle = 20;

interface CommitItem {
  id: string;
  date: string;
}

const commitList: JsonSchema = {
  type: "array",
  items: {
    type: "object",
    properties: { id: { type: "string", maxLength: 64 }, date: { type: "string", maxLength: 40 } },
    required: ["id", "date"],
  },
};

/**
 * When versions were published: the times of their commits, which is what every hub knows.
 *
 * Source: `GET /api/{type}s/{repo}/commits/{revision}`, protocol section 1.10.
 *
 * @returns ISO 8601 in UTC by version. One may be missing: of a history that is very long, or with a time that is none.
 * @throws HubError when the hub does not tell.
 */
export async function publishDates(
  client: HubClient,
  repo: Repo,
  versions: readonly PublishedVersion[],
  options: HubCallOptions = {},
): Promise<Map<string, string>> {
  const wanted = new Map(versions.map(({ commit, version }) => [commit, version]));
  const dates = new Map<string, string>();
  const take = ({ id, date }: CommitItem) => {
    const version = wanted.get(id);
    const at = new Date(date);
    if (version === undefined) return;
    wanted.delete(id);
    if (!Number.isNaN(at.getTime())) dates.set(version, at.toISOString());
  };
  const commits = (revision: string, limit: number) =>
    client.list<CommitItem>(
      `/api/${repo.repoType}s/${repo.repo}/commits/${revision}?limit=${limit}`,
      `the commits of ${repo.repo}`,
      commitList,
      options,
    );
  let seen = 0;
  if (wanted.size > 0) {
    for await (const commit of commits("main", 100)) {
      take(commit);
      if (wanted.size === 0 || ++seen === maxCommits) break;
    }
  }
  // Older release lines are on branches of their own.
  const single = [...wanted.keys()].slice(0, maxSingle);
  await Promise.all(
    single.map(async (id) => {
      for await (const commit of commits(id, 1)) return take(commit);
    }),
  );
  return dates;
}

import { isSmoltoolsError } from "@smoltools/core";
import { wait } from "../shared/wait.ts";
import { HubError } from "../errors/hub-error.ts";
import type { HubCallOptions, HubClient, Repo } from "../http/hub-client.ts";

/** How often a hub is asked for a tag that it says it has made, before it is not believed. */
const maxLooks = 3;

/**
 * Tags a commit, and sees to it that the tag is there: this is the moment of publication.
 *
 * A connection that breaks off does not tell whether the tag was made. If it was, all is well.
 *
 * @throws HubError `HUB_CONFLICT` when the tag is there already; `HUB_RESPONSE_INVALID` when the hub says that it made
 *   the tag, and it points elsewhere or is not there.
 */
export async function tagVersion(
  client: HubClient,
  repo: Repo,
  { commit, tag, message }: { commit: string; tag: string; message: string },
  options: HubCallOptions,
): Promise<void> {
  const current = async () => (await client.refs(repo, options)).tags.find(({ name }) => name === tag)?.commit;
  try {
    await client.createTag(repo, commit, tag, message, options);
  } catch (error) {
    const isUnclear = isSmoltoolsError(error, "HUB_UNAVAILABLE") || isSmoltoolsError(error, "HUB_TIMEOUT");
    if (isUnclear && (await current().catch(() => undefined)) === commit) return;
    throw error;
  }
  for (let looks = 1; ; looks++) {
    const now = await current();
    if (now === commit) return;
    if (now !== undefined || looks === maxLooks) throw lied(client, repo, tag, commit, now);
    await wait(250, options.signal);
  }
}

function lied(client: HubClient, { repo }: Repo, tag: string, commit: string, now: string | undefined): HubError {
  return new HubError(
    `${client.host} says that it tagged ${commit} of ${repo} as ${tag}, but the tag ` +
      `${now === undefined ? "is not there" : `points at ${now}`}: do not trust what is published there`,
    { code: "HUB_RESPONSE_INVALID", data: { repo } },
  );
}

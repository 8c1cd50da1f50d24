import type { HubCallOptions, HubClient, Repo } from "../http/hub-client.ts";

/**
 * Makes a branch. `POST /api/{type}s/{repo}/branch/{branch}`.
 *
 * @param start - The commit that it begins at.
 * @throws HubError `HUB_CONFLICT` when there is one of this name already.
 */
export async function createBranch(
  client: HubClient,
  { repo, repoType }: Repo,
  branch: string,
  start: string,
  options: HubCallOptions = {},
): Promise<void> {
  const path = `/api/${repoType}s/${repo}/branch/${encodeURIComponent(branch)}`;
  await client.send("POST", path, repo, { startingPoint: start }, options);
}

import { resolve } from "node:path";
import { isSmoltoolsError } from "@smoltools/core";
import { HubClient, type HubConnection, publishedVersions } from "@smoltools/hub";
import { readProjectFiles } from "../project/project-files.ts";

/**
 * The highest published release of a package whose author says no version, neither on the command line nor in
 * package.json. What has changed since tells which version is needed.
 *
 * @param given - The version on the command line.
 * @returns `undefined` where a version is given, where nothing is published, and where the hub does not tell: then it
 *   will say why when it is asked for more.
 */
export async function versionToFollow(
  { file, name, given }: { file: string; name: string; given: string | undefined },
  connection: HubConnection,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (given !== undefined || !name.includes("/")) return undefined;
  try {
    if ((await readProjectFiles(resolve(file))).version !== undefined) return undefined;
    const client = new HubClient({ ...connection, retries: 1 });
    const { tags } = await client.refs({ repoType: "space", repo: name }, { signal });
    return publishedVersions(tags).find(({ version }) => !version.includes("-"))?.version;
  } catch (error) {
    signal.throwIfAborted();
    if (!isSmoltoolsError(error)) throw error;
    return undefined;
  }
}

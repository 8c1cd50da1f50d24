import { isSmoltoolsError } from "@smoltools/core";
import { HubClient, publishDates, type PublishedVersion, type Repo } from "@smoltools/hub";
import type { CommandConnection } from "./hub-connection.ts";

/** A version, and when it was published. */
export interface DatedVersion extends PublishedVersion {
  /** ISO 8601, UTC; absent where the hub does not tell. */
  publishedAt?: string;
}

/** Adds to versions when they were published. What else is known of them does not depend on it. */
export async function datedVersions(
  versions: readonly PublishedVersion[],
  repo: Repo,
  connection: CommandConnection,
): Promise<DatedVersion[]> {
  const { signal } = connection;
  const asked = publishDates(new HubClient(connection), repo, versions, { signal });
  const dates = await asked.catch((error: unknown) => {
    if (isSmoltoolsError(error)) return new Map<string, string>();
    throw error;
  });
  return versions.map((each) => {
    const publishedAt = dates.get(each.version);
    return publishedAt === undefined ? each : { ...each, publishedAt };
  });
}

/** The day of a time, for people. */
export function dayOf(time: string | undefined): string {
  return time?.slice(0, 10) ?? "";
}

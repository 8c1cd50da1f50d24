import { isSmoltoolsError } from "@smoltools/core";
import type { HubCallOptions, HubClient, Repo } from "../http/hub-client.ts";
import { emptyRegistry, maxRegistryBytes, parseRegistry, type RegistryFile, registryName } from "./registry-file.ts";

/**
 * Reads what a package's owners say of its versions: `registry.json` of the branch `main`.
 *
 * @param options - `revision` reads it at another branch or commit.
 * @returns An empty registry where there is no such file.
 * @throws PackageError `REGISTRY_INVALID`; HubError when the repo cannot be read.
 */
export async function readRegistry(
  client: HubClient,
  repo: Repo,
  options: HubCallOptions & { revision?: string } = {},
): Promise<RegistryFile> {
  const { revision = "main", ...call } = options;
  try {
    const { bytes } = await client.file(repo, revision, registryName, maxRegistryBytes, call);
    return parseRegistry(bytes, repo.repo);
  } catch (error) {
    // A repo without commits has no branch either.
    const absent =
      isSmoltoolsError(error, "HUB_FILE_NOT_FOUND") ||
      (options.revision === undefined && isSmoltoolsError(error, "HUB_REVISION_NOT_FOUND"));
    if (absent) return emptyRegistry();
    throw error;
  }
}

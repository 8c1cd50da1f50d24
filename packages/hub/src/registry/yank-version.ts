import { PackageError } from "../errors/package-error.ts";
import type { HubCallOptions, HubClient, Repo } from "../http/hub-client.ts";
import { changeRegistry, type RegistryChange, withStatus } from "./change-registry.ts";
import { noticeText } from "./notice-text.ts";
import { versionStatus } from "./registry-file.ts";

/** Options of {@link yankVersion}. */
export interface YankOptions extends HubCallOptions {
  /** Why, in one line, for those who use it. */
  reason: string;
}

/**
 * Withdraws a version: ranges do not choose it any more. Who has locked it, or names it exactly, still gets it, with the
 * reason. Its files and its tag stay as they are.
 *
 * Yanking once more changes nothing but the reason.
 *
 * @param version - Without a leading `v`.
 * @throws PackageError `VERSION_NOT_FOUND`, `VERSION_NONE`, `REGISTRY_INVALID`; HubError.
 */
export async function yankVersion(
  client: HubClient,
  repo: Repo,
  version: string,
  { reason, signal }: YankOptions,
): Promise<RegistryChange> {
  const text = noticeText(reason, "reason");
  return changeRegistry(client, repo, {
    title: `Yank ${version}`,
    signal,
    edit: (registry, published) => {
      checkPublished(repo, version, published);
      const status = versionStatus(registry, version);
      if (status.yanked?.reason === text) return { registry, versions: [version] };
      const at = status.yanked?.at ?? new Date().toISOString();
      return {
        registry: withStatus(registry, version, { ...status, yanked: { reason: text, at } }),
        versions: [version],
      };
    },
  });
}

/**
 * Takes a yank back: ranges choose the version again.
 *
 * @throws As {@link yankVersion} does.
 */
export async function unyankVersion(
  client: HubClient,
  repo: Repo,
  version: string,
  options: HubCallOptions = {},
): Promise<RegistryChange> {
  return changeRegistry(client, repo, {
    title: `Unyank ${version}`,
    signal: options.signal,
    edit: (registry, published) => {
      checkPublished(repo, version, published);
      const { yanked: _yanked, ...status } = versionStatus(registry, version);
      return { registry: withStatus(registry, version, status), versions: [version] };
    },
  });
}

function checkPublished({ repo }: Repo, version: string, published: readonly string[]): void {
  if (published.includes(version)) return;
  const some = published.slice(0, 5).join(", ");
  throw new PackageError(`${repo} has no version ${version}. Published: ${some}${published.length > 5 ? ", …" : ""}`, {
    code: "VERSION_NOT_FOUND",
    data: { repo, version },
  });
}

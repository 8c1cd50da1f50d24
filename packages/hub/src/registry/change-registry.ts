import { againAfterConflict } from "../commit/again-after-conflict.ts";
import { commitFiles } from "../commit/official-client.ts";
import { PackageError } from "../errors/package-error.ts";
import type { HubCallOptions, HubClient, Repo } from "../http/hub-client.ts";
import { publishedVersions } from "./published-versions.ts";
import { readRegistry } from "./read-registry.ts";
import { formatRegistry, maxRegistryBytes, parseRegistry, type RegistryFile, registryName } from "./registry-file.ts";

/** What a change of a package's registry did. */
export interface RegistryChange {
  repo: string;
  /** The versions that it is about. */
  versions: string[];
  /** False when everything was so already, and nothing was written. */
  changed: boolean;
  /** The commit that was made. */
  commit?: string;
}

/** How to change a registry. */
export interface RegistryEdit extends HubCallOptions {
  /** Title of the commit. */
  title: string;
  /**
   * @param published - Versions that are published, newest first.
   * @returns The registry as it should be, and the versions that it is about.
   */
  edit: (registry: RegistryFile, published: readonly string[]) => { registry: RegistryFile; versions: string[] };
}

/**
 * Changes `registry.json` on `main`: reads it, edits it, and commits it if nobody else committed meanwhile; else it
 * begins anew, so that no entry of anybody is lost.
 *
 * @throws PackageError `VERSION_NONE`, `REGISTRY_INVALID`; HubError.
 */
export async function changeRegistry(
  client: HubClient,
  repo: Repo,
  { title, edit, signal }: RegistryEdit,
): Promise<RegistryChange> {
  return againAfterConflict(async () => {
    const { branches, tags } = await client.refs(repo, { signal });
    const parent = branches.find(({ name }) => name === "main")?.commit;
    const published = publishedVersions(tags).map(({ version }) => version);
    if (parent === undefined || published.length === 0) {
      throw new PackageError(`${repo.repo} has no published version: there is nothing to say of it`, {
        code: "VERSION_NONE",
        data: { repo: repo.repo },
      });
    }
    const before = await readRegistry(client, repo, { revision: parent, signal });
    const { registry, versions } = edit(before, published);
    const text = formatRegistry(registry);
    if (text === formatRegistry(before)) return { repo: repo.repo, versions, changed: false };
    const bytes = Buffer.from(text);
    // Read like any registry: what nobody could read is not written either.
    parseRegistry(bytes, repo.repo);
    if (bytes.byteLength > maxRegistryBytes) throw tooLarge(`${registryName} of ${repo.repo}`, bytes.byteLength);
    const write = [[registryName, bytes] as const];
    const commit = await commitFiles(client, repo, { branch: "main", title, parent, write, remove: [], signal });
    return { repo: repo.repo, versions, changed: true, commit };
  }, signal);
}

function tooLarge(what: string, size: number): PackageError {
  return new PackageError(`${what} would have ${size} bytes, ${maxRegistryBytes} are allowed: write shorter reasons`, {
    code: "PACKAGE_TOO_LARGE",
    data: { size, limit: maxRegistryBytes },
  });
}

/** The registry with another status of one version; a status of nothing is left out. */
export function withStatus(
  registry: RegistryFile,
  version: string,
  status: RegistryFile["versions"][string],
): RegistryFile {
  const { [version]: _before, ...others } = registry.versions;
  const isEmpty = Object.values(status).every((value) => value === undefined);
  return { ...registry, versions: isEmpty ? others : { ...others, [version]: status } };
}

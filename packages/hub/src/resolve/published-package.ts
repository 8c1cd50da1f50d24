import type { HubCallOptions, HubClient, HubGitRef, Repo } from "../http/hub-client.ts";
import { readRegistry } from "../registry/read-registry.ts";
import { type Deprecation, emptyRegistry, type RegistryFile } from "../registry/registry-file.ts";
import { type PublishedVersion, publishedVersions } from "../registry/published-versions.ts";

/** What is published under the name of a package, at one moment. */
export interface PublishedPackage {
  /** Newest first. */
  versions: PublishedVersion[];
  /** Why nothing should use the package any more. */
  deprecated?: Deprecation;
  /** Why it could not be read which versions were withdrawn. */
  registryError?: unknown;
  tags: HubGitRef[];
  branches: HubGitRef[];
}

/**
 * Looks at what is published: tags and branches, and the registry file beside them, in two requests at the same time.
 *
 * @throws HubError when the repo cannot be read.
 */
export async function readPublished(
  client: HubClient,
  repo: Repo,
  options: HubCallOptions = {},
): Promise<PublishedPackage> {
  const over = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, over.signal]) : over.signal;
  const reading = readRegistry(client, repo, { signal }).then(
    (registry): RegistryReading => ({ registry }),
    (error: unknown): RegistryReading => ({ registry: emptyRegistry(), error }),
  );
  try {
    const { tags, branches } = await client.refs(repo, { signal });
    const { registry, error } = await reading;
    options.signal?.throwIfAborted();
    return {
      versions: publishedVersions(tags, registry),
      tags,
      branches,
      ...(registry.deprecated && { deprecated: registry.deprecated }),
      ...(error !== undefined && { registryError: error }),
    };
  } finally {
    over.abort();
  }
}

interface RegistryReading {
  registry: RegistryFile;
  error?: unknown;
}

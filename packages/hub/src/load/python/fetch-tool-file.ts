import { isSmoltoolsError } from "@smoltools/core";
import type { PackageCache } from "../../cache/package-cache.ts";
import { PackageError } from "../../errors/package-error.ts";
import type { HubClient } from "../../http/hub-client.ts";
import { sha512Integrity } from "../../integrity/hash.ts";
import { cachedFile, type FetchedPackage, fetchPackage, type FetchPackageOptions } from "../open/fetch-package.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { noPermissions, type Permissions, sortPermissions } from "../../manifest/permissions.ts";
import type { Grant } from "../../permissions/grant-permissions.ts";
import type { ResolvedRef } from "../../ref/resolved-ref.ts";
import { toolFileManifest, toolFileName } from "./tool-file-manifest.ts";

/** Largest file of a tool, and largest `requirements.txt`, in bytes. */
const maxBytes = { toolFile: 1024 * 1024, requirements: 64 * 1024 };

/** A package, or a tool of smolagents, which is then named by {@link requirements}. */
export interface FetchedTool extends FetchedPackage {
  /** Reads the `requirements.txt` beside a file of Python without a manifest; empty where there is none. */
  requirements?: (options?: { signal?: AbortSignal | undefined }) => Promise<string>;
}

/** Options of {@link fetchPackageOrTool}. */
export interface FetchToolOptions extends FetchPackageOptions {
  /** What the caller grants. */
  grant?: Grant | undefined;
  /** What the lock file says was granted before. */
  granted?: Permissions | undefined;
  /** The integrity that the lock file wants. */
  locked?: string | undefined;
}

/**
 * Gets a package, or where a repo has no `tool.json` but a `tool.py`, as smolagents publishes tools, that file.
 *
 * Such a file declares no permissions: it is given what the caller names, or what the lock file says was granted.
 *
 * @throws as `fetchPackage` does; PackageError `MANIFEST_MISSING` where the repo has neither.
 */
export async function fetchPackageOrTool(
  client: HubClient,
  cache: PackageCache,
  resolved: ResolvedRef,
  options: FetchToolOptions = {},
): Promise<FetchedTool> {
  // A locked file that is in the cache is known by its bytes: no hub is asked whether there is a manifest beside it.
  const cached = options.locked === undefined ? undefined : await cache.read(resolved, toolFileName, maxBytes.toolFile);
  if (cached && sha512Integrity(cached) === options.locked) {
    return fetchToolFile(client, cache, resolved, options);
  }
  try {
    return await fetchPackage(client, cache, resolved, options);
  } catch (error) {
    if (!isSmoltoolsError(error, "MANIFEST_MISSING")) throw error;
    return await fetchToolFile(client, cache, resolved, options).catch((other: unknown) => {
      throw isSmoltoolsError(other, "HUB_FILE_NOT_FOUND") ? nothingThere(resolved, error) : other;
    });
  }
}

async function fetchToolFile(
  client: HubClient,
  cache: PackageCache,
  resolved: ResolvedRef,
  options: FetchToolOptions,
): Promise<FetchedTool> {
  const permissions = permissionsOf(options);
  const checked = (bytes: Uint8Array): { manifest: Manifest; bytes: Uint8Array } => {
    const manifest = toolFileManifest(resolved, bytes, permissions);
    options.accept?.(manifest);
    return { manifest, bytes };
  };
  const found = await cachedFile(client, cache, resolved, toolFileName, maxBytes.toolFile, checked, options);
  const { manifest, bytes } = found;
  const file = async (path: string): Promise<Uint8Array> => {
    if (path === toolFileName) return bytes;
    throw new PackageError(`${resolved.repo} is a single file, ${toolFileName}: it has no ${JSON.stringify(path)}`, {
      code: "MANIFEST_INVALID",
      data: { repo: resolved.repo, path },
    });
  };
  return {
    resolved,
    manifest,
    manifestBytes: Buffer.from(JSON.stringify(manifest)),
    signature: async () => undefined,
    file,
    all: async () => new Map([[toolFileName, bytes]]),
    requirements: async (call = {}) => {
      const path = "requirements.txt";
      const take = (text: Uint8Array): Uint8Array => text;
      const text = await cachedFile(client, cache, resolved, path, maxBytes.requirements, take, call).catch(
        (error: unknown) => {
          if (isSmoltoolsError(error, "HUB_FILE_NOT_FOUND")) return new Uint8Array();
          throw error;
        },
      );
      return new TextDecoder().decode(text);
    },
  };
}

/** What was granted to a file that asks for nothing: what is named, and not what a function would say of a request. */
function permissionsOf({ grant, granted }: FetchToolOptions): Permissions {
  if (typeof grant === "object") return sortPermissions(grant);
  return granted ?? noPermissions();
}

function nothingThere({ repo, version, commit }: ResolvedRef, cause: unknown): PackageError {
  const source = `${repo}@${version ?? commit.slice(0, 12)}`;
  return new PackageError(
    `${source} has neither a tool.json nor a tool.py: it is no package of smoltools, and no tool of smolagents`,
    { code: "MANIFEST_MISSING", data: { source }, cause },
  );
}

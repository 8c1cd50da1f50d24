import { isSmoltoolsError, type JsonSchema } from "@smoltools/core";
import prerelease from "semver/functions/prerelease.js";
import type { HubClient } from "../http/hub-client.ts";
import { readManifest } from "../integrity/read-manifest.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import { type Manifest, manifestName } from "../manifest/manifest.ts";
import type { RepoType } from "../ref/ref.ts";
import { publishedVersions } from "../registry/published-versions.ts";
import { permissionNames } from "../shared/permission-names.ts";
import { matchesValue, toolFacts } from "../shared/tool-facts.ts";
import type { FoundPackage, SearchOptions } from "./search-options.ts";

/** Most packages whose manifest is read where no number is given. */
const defaultMaxManifests = 200;
/** How many manifests are read at the same time. */
const concurrentReads = 8;
/** Repos of one answer. */
const pageSize = 100;
/** The tag that every package of smoltools has. */
const packageTag = "smoltools";

interface ListItem {
  id: string;
  tags?: string[];
  private?: boolean;
  lastModified?: string;
}

const listForm: JsonSchema = {
  type: "array",
  items: {
    type: "object",
    properties: {
      id: { type: "string", pattern: "^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$" },
      tags: { type: "array", items: { type: "string" } },
      private: { type: "boolean" },
      lastModified: { type: "string" },
    },
    required: ["id"],
  },
};

/**
 * Searches a hub by its list of repos, `GET /api/spaces?filter=smoltools&search=…` (protocol section 1.11). Where more
 * is asked for than the list knows, the manifest of the newest version of each package decides.
 */
export async function* searchList(
  client: HubClient,
  words: string,
  options: SearchOptions & { limit: number },
): AsyncGenerator<FoundPackage, void> {
  const { limit, signal, repoType = "space", maxManifests = defaultMaxManifests } = options;
  const reads = needsManifest(options);
  let left = limit;
  let looked = 0;
  let batch: FoundPackage[] = [];
  for await (const item of client.list<ListItem>(listPath(words, repoType, options), "the list", listForm, {
    signal,
  })) {
    const found = fromItem(repoType, item);
    if (!reads) {
      yield found;
      left -= 1;
    } else {
      batch.push(found);
      looked += 1;
      if (batch.length < concurrentReads && looked < maxManifests) continue;
      for (const fitting of await readBatch(client, batch, options)) {
        if (left <= 0) return;
        yield fitting;
        left -= 1;
      }
      batch = [];
    }
    if (left <= 0 || (reads && looked >= maxManifests)) return;
  }
  for (const fitting of await readBatch(client, batch, options)) {
    if (left <= 0) return;
    yield fitting;
    left -= 1;
  }
}

function needsManifest({ inputs = [], outputs = [], permissions = [], runtime }: SearchOptions): boolean {
  return inputs.length > 0 || outputs.length > 0 || permissions.length > 0 || runtime !== undefined;
}

function listPath(words: string, repoType: RepoType, { tags = [], owner }: SearchOptions): string {
  const query = new URLSearchParams({ limit: String(pageSize), full: "true" });
  for (const tag of [packageTag, ...tags]) query.append("filter", tag);
  if (words.trim() !== "") query.set("search", words.trim());
  if (owner !== undefined) query.set("author", owner);
  return `/api/${repoType}s?${query}`;
}

function fromItem(repoType: RepoType, { id, tags = [], private: hidden = false, lastModified = "" }: ListItem) {
  return { repoType, repo: id, tags, private: hidden, lastModified };
}

async function readBatch(
  client: HubClient,
  batch: readonly FoundPackage[],
  options: SearchOptions,
): Promise<FoundPackage[]> {
  const read = await Promise.all(batch.map((found) => withManifest(client, found, options)));
  return read.filter((found) => found !== undefined);
}

/** @returns `undefined` for a package that does not fit, or has no manifest that can be read. */
async function withManifest(
  client: HubClient,
  found: FoundPackage,
  options: SearchOptions,
): Promise<FoundPackage | undefined> {
  const { signal } = options;
  try {
    const { tags } = await client.refs(found, { signal });
    const versions = publishedVersions(tags);
    const newest = versions.find(({ version }) => prerelease(version) === null) ?? versions[0];
    if (!newest) return undefined;
    const { maxManifestBytes } = packageLimits;
    const { bytes } = await client.file(found, newest.commit, manifestName, maxManifestBytes, { signal });
    const described = describe(found, readManifest(bytes, found.repo));
    return fits(described, options) ? described : undefined;
  } catch (error) {
    signal?.throwIfAborted();
    // One package that is gone, private or broken does not end the search; a hub that fails does.
    if (isSmoltoolsError(error) && !["HUB_UNAVAILABLE", "HUB_TIMEOUT", "HUB_RATE_LIMITED"].includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}

function describe(found: FoundPackage, manifest: Manifest): Required<Pick<FoundPackage, "tools">> & FoundPackage {
  const { version, description, keywords = [], license, runtime, permissions } = manifest;
  return {
    ...found,
    version,
    description,
    keywords,
    ...(license !== undefined && { license }),
    runtime,
    permissions: permissionNames({ ...permissions }),
    tools: manifest.tools.map(toolFacts),
  };
}

function fits({ tools = [], permissions = [], runtime }: FoundPackage, options: SearchOptions): boolean {
  const { inputs = [], outputs = [] } = options;
  return (
    (options.runtime === undefined || options.runtime === runtime) &&
    inputs.every((wanted) => tools.some((tool) => matchesValue(tool.inputs, wanted))) &&
    outputs.every((wanted) => tools.some((tool) => matchesValue(tool.outputs, wanted))) &&
    (options.permissions ?? []).every((wanted) =>
      wanted === "none" ? permissions.length === 0 : permissions.includes(wanted),
    )
  );
}

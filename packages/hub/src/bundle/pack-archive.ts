import { stat } from "node:fs/promises";
import { inlineAgents, type LockedPackage, placeOf } from "../agents/manifest/agent-definition.ts";
import { agentFileName } from "../agents/manifest/agent-manifest.ts";
import { readAgentManifest } from "../agents/manifest/read-agent-manifest.ts";
import type { AgentSource } from "../agents/source/agent-source.ts";
import { folderSource } from "../agents/source/local-source.ts";
import { hubSource } from "../agents/source/hub-source.ts";
import { PackageCache } from "../cache/package-cache.ts";
import { LockError } from "../errors/lock-error.ts";
import { PackageError } from "../errors/package-error.ts";
import { HubClient } from "../http/hub-client.ts";
import { beginLoad } from "../load/open/begin-load.ts";
import { checkPackageSignature } from "../load/open/check-package-signature.ts";
import type { OpenOptions } from "../load/open/open-options.ts";
import { manifestName } from "../manifest/manifest.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { parseRef } from "../ref/parse-ref.ts";
import type { HubRef } from "../ref/ref.ts";
import type { ResolvedRef } from "../ref/resolved-ref.ts";
import { archiveLimits } from "../archive/archive-limits.ts";
import { type Archive, type ArchivePart, partId } from "../archive/archive-part.ts";
import { archiveTooLarge } from "../archive/archive-refusals.ts";
import { readArchive } from "../archive/read-archive.ts";
import { readPart } from "./read-part.ts";
import { checkIdentity } from "../load/open/check-identity.ts";
import { otherPackage } from "../agents/bundled-package.ts";

/** Options of {@link packArchive}: those of loading, but that nothing is granted and nothing is locked. */
export type PackArchiveOptions = Omit<OpenOptions, "permissions" | "update">;

/**
 * Gathers a package, or an agent with all packages that it is pinned to, as `writeArchive` takes it. Everything is
 * verified, signatures are judged as when the package is loaded, and nothing of it runs.
 *
 * @param ref - A package of a hub, at the lock file's commit where that holds it; a folder; or an archive.
 * @throws PackageError, LockError, SignatureError, ArchiveError, AgentFileError, HubError; as loading does.
 */
export async function packArchive(ref: string, options: PackArchiveOptions = {}): Promise<Archive> {
  const parsed = parseRef(ref, options);
  if (parsed.kind === "hub") return gather(options, (gatherer) => gatherer.ofRef(parsed));
  const entry = await stat(parsed.path).catch(() => undefined);
  if (entry?.isFile()) return readArchive(parsed.path, options);
  return gather({ ...options, isLocal: true }, (gatherer) => gatherer.part(folderSource(parsed.path)));
}

async function gather(
  options: PackArchiveOptions & { isLocal?: boolean },
  first: (gatherer: Gatherer) => Promise<ArchivePart>,
): Promise<Archive> {
  const gatherer = new Gatherer(options);
  const main = await first(gatherer);
  await gatherer.dependenciesOf(main);
  return { main, dependencies: gatherer.dependencies };
}

class Gatherer {
  readonly #client: HubClient;
  readonly #cache: PackageCache;
  readonly #options: PackArchiveOptions & { isLocal?: boolean };
  readonly #dependencies = new Map<string, ArchivePart>();

  constructor(options: PackArchiveOptions & { isLocal?: boolean }) {
    this.#options = options;
    this.#client = new HubClient(options);
    this.#cache = new PackageCache(options.cacheDir, this.#client.hubUrl);
  }

  get dependencies(): ArchivePart[] {
    return [...this.#dependencies.values()];
  }

  /** The package that a ref stands for: the locked one, where it is locked. */
  async ofRef(ref: HubRef): Promise<ArchivePart> {
    const isCached = async (cache: PackageCache, at: ResolvedRef) => (await cache.read(at, manifestName)) !== undefined;
    const { key, resolved, entry } = await beginLoad(ref, this.#options, isCached);
    const source = this.#source(resolved);
    return this.part(source, (manifest) => {
      checkIdentity(manifest, resolved, source.name);
      if (entry && entry.integrity !== manifest.integrity) throw notAsLocked(key, entry.integrity, manifest.integrity);
    });
  }

  /** A whole package, of tools or of an agent. */
  async part(source: AgentSource, accept?: (manifest: PackageManifest) => void): Promise<ArchivePart> {
    const read = (await readPart(source, manifestName, accept)) ?? (await readPart(source, agentFileName, accept));
    if (!read) {
      throw new PackageError(
        `${source.name} has no ${manifestName} and no ${agentFileName}: there is nothing to pack`,
        {
          code: "MANIFEST_MISSING",
          data: { source: source.name },
        },
      );
    }
    const { part, manifest, signature } = read;
    const options = { ...this.#options, hubUrl: this.#client.hubUrl };
    await checkPackageSignature({ manifest, signature: async () => signature }, options);
    return part;
  }

  /** Adds the packages that an agent is pinned to, and those that they are pinned to. */
  async dependenciesOf(part: ArchivePart): Promise<void> {
    const bytes = part.files.get(agentFileName);
    if (!bytes || part.manifestName !== agentFileName) return;
    const { agent } = readAgentManifest(bytes, partId(part));
    for (const { tools, managedAgents } of inlineAgents(agent)) {
      for (const record of [...tools, ...managedAgents]) if (record.kind === "package") await this.#add(record);
    }
  }

  async #add({ repoType, repo, commit, version, integrity, ref }: LockedPackage): Promise<void> {
    const place = placeOf({ repoType, repo, commit });
    if (this.#dependencies.has(place)) return;
    if (this.#dependencies.size + 1 >= archiveLimits.maxPackages) {
      throw archiveTooLarge(ref, "packages", archiveLimits.maxPackages);
    }
    const resolved = { repoType, repo, commit, ...(version !== undefined && { version }) };
    const source = this.#source(resolved);
    const part = await this.part(source, (manifest) => {
      checkIdentity(manifest, resolved, source.name);
      if (manifest.integrity !== integrity) throw otherPackage(place, integrity, manifest.integrity);
    });
    this.#dependencies.set(place, part);
    await this.dependenciesOf(part);
  }

  #source(resolved: ResolvedRef): AgentSource {
    return hubSource(this.#client, this.#cache, resolved, { signal: this.#options.signal });
  }
}

function notAsLocked(ref: string, expected: string, actual: string): LockError {
  return new LockError(
    `${ref} is not the package that was locked: it has ${actual}, the lock file says ${expected}. Do not use it before ` +
      "you know why",
    { code: "LOCK_INTEGRITY", data: { ref, expected, actual } },
  );
}

import type { ArchivePart } from "../archive/archive-part.ts";
import { PackageCache } from "../cache/package-cache.ts";
import { HubClient } from "../http/hub-client.ts";
import type { LoadedPackage } from "../load/loaded-package.ts";
import type { LoadOptions } from "../load/load-options.ts";
import { agentLimits } from "./manifest/agent-limits.ts";
import { tooMany } from "./manifest/read-agent-manifest.ts";
import { inlineAgents, type LockedPackage } from "./manifest/agent-definition.ts";
import type { AgentManifest } from "./manifest/agent-manifest.ts";

/** What all packages of one tree of agents share. */
export class AgentTree implements AsyncDisposable {
  readonly client: HubClient;
  readonly cache: PackageCache;
  readonly options: LoadOptions;
  /** Packages that came in the same archive. */
  readonly #archived: readonly ArchivePart[];
  readonly #packages = new Map<string, Promise<LoadedPackage>>();
  #tools = 0;
  #agents = 0;

  constructor(options: LoadOptions, archived: readonly ArchivePart[] = []) {
    // An agent is not code of the caller's: to trust a package of tools with everything, load that tool by itself.
    const { trust: _trust, ...sandboxed } = options;
    this.options = sandboxed;
    this.client = new HubClient(options);
    this.cache = new PackageCache(options.cacheDir, this.client.hubUrl);
    this.#archived = archived;
  }

  /** The files of a pinned package, if it came in the archive. Whether it is the right one is the reader's to check. */
  archived({ repo, integrity }: LockedPackage): ReadonlyMap<string, Uint8Array> | undefined {
    return this.#archived.find((part) => part.name === repo && part.integrity === integrity)?.files;
  }

  /** Begins a package of tools, once for all who want it. */
  load(place: string, begin: () => Promise<LoadedPackage>): Promise<LoadedPackage> {
    const begun = this.#packages.get(place) ?? begin();
    this.#packages.set(place, begun);
    return begun;
  }

  /** @throws AgentFileError `AGENT_FILE_TOO_LARGE`. */
  countTool(ref: string): void {
    if (++this.#tools > agentLimits.maxTools) throw tooMany(ref, "tools", agentLimits.maxTools);
  }

  /**
   * Counts the agents of a further package.
   *
   * @param depth - Packages above one another.
   * @throws AgentFileError `AGENT_FILE_TOO_LARGE`.
   */
  countAgents(ref: string, { agent }: Pick<AgentManifest, "agent">, depth: number): void {
    this.#agents += inlineAgents(agent).length;
    if (depth > agentLimits.maxDepth) throw tooMany(ref, "agents above one another", agentLimits.maxDepth);
    if (this.#agents > agentLimits.maxAgents) throw tooMany(ref, "agents", agentLimits.maxAgents);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const begun = await Promise.allSettled(this.#packages.values());
    this.#packages.clear();
    await Promise.all(
      begun.map((each) => (each.status === "fulfilled" ? each.value[Symbol.asyncDispose]() : undefined)),
    );
  }
}

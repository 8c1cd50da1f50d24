import type { Tool, ToolOrigin } from "@smoltools/core";
import { AgentFileError } from "../errors/agent-file-error.ts";
import { checkPackageSignature } from "../load/open/check-package-signature.ts";
import { chooseTool } from "../load/choose-tool.ts";
import { fetchPackage } from "../load/open/fetch-package.ts";
import type { LoadedPackage } from "../load/loaded-package.ts";
import { type LocalPackage, openLocalPackage } from "../load/local/local-package.ts";
import { startPackage } from "../load/engine/start-package.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Permissions } from "../manifest/permissions.ts";
import type { ResolvedRef } from "../ref/resolved-ref.ts";
import { inlineAgents, type LockedPackage, placeOf, type ToolRecord } from "./manifest/agent-definition.ts";
import type { AgentManifest } from "./manifest/agent-manifest.ts";
import type { AgentTree } from "./agent-tree.ts";
import { openBundled, otherPackage, rememberBundled } from "./bundled-package.ts";
import { grantAgent, namedHosts } from "./grant-agent.ts";
import { readAgentFile } from "./source/read-agent-file.ts";
import type { AgentSource } from "./source/agent-source.ts";
import { hubSource } from "./source/hub-source.ts";
import { mapSource } from "./source/local-source.ts";
import { readListed } from "./source/read-listed.ts";

/** A package of an agent that is verified and was granted what it asks for. Nothing of it runs yet. */
export interface AgentPackageParts {
  /** As the caller named it. */
  ref: string;
  source: AgentSource;
  manifest: AgentManifest;
  /** What it was granted. */
  permissions: Permissions;
  resolved?: ResolvedRef | undefined;
  /** Writes the lock entry. Absent where there is none to write. */
  keep?: (() => Promise<void>) | undefined;
}

/** The package of an agent, with its tools and managed agents in reach. Disposing of it ends its tools' sandboxes. */
export class AgentPackage implements AsyncDisposable {
  readonly form = "smoltools";
  readonly ref: string;
  readonly manifest: AgentManifest;
  /** What all of its tools may do, together. */
  readonly permissions: Permissions;
  readonly origin: ToolOrigin;
  readonly #parts: AgentPackageParts;
  readonly #tree: AgentTree;
  /** Where this one and those above it are. */
  readonly #above: readonly string[];

  constructor(parts: AgentPackageParts, tree: AgentTree, above: readonly string[]) {
    this.ref = parts.ref;
    this.manifest = parts.manifest;
    this.permissions = parts.permissions;
    this.origin = originOf(parts, tree);
    this.#parts = parts;
    this.#tree = tree;
    this.#above = above;
  }

  /**
   * Loads a tool of the agent's, exactly as it is pinned. Its package may do what it declares, if the agent asked for
   * that much.
   *
   * @throws PackageError `INTEGRITY_MISMATCH`, `TOOL_NOT_FOUND`; PermissionError; AgentFileError `AGENT_FILE_TOO_LARGE`.
   */
  async tool(record: Exclude<ToolRecord, { kind: "built-in" }>): Promise<Tool> {
    this.#tree.countTool(this.ref);
    const isBundled = record.kind === "bundled";
    const loaded = await (isBundled
      ? this.#tree.load(`${this.#above.join(" ")} ${record.path}`, () => this.#startBundled(record))
      : this.#tree.load(placeOf(record), () => this.#startPinned(record)));
    return chooseTool(loaded, { kind: "folder", path: isBundled ? record.path : record.repo, tool: record.tool });
  }

  /**
   * Opens the package of a managed agent, exactly as it is pinned.
   *
   * @throws PackageError `INTEGRITY_MISMATCH`; PermissionError; AgentFileError `AGENT_CYCLE`, `AGENT_FILE_TOO_LARGE`.
   */
  async managedAgent(record: LockedPackage): Promise<AgentPackage> {
    const { client, cache, options } = this.#tree;
    const place = placeOf(record);
    if (this.#above.includes(place)) {
      throw new AgentFileError(`${this.ref} manages itself by way of ${place}: it cannot be loaded`, {
        code: "AGENT_CYCLE",
        data: { ref: this.ref, place },
      });
    }
    const resolved = resolvedOf(record);
    const archived = this.#tree.archived(record);
    const source = archived
      ? mapSource(place, archived)
      : hubSource(client, cache, resolved, { signal: options.signal });
    const { manifest, signature } = await readAgentFile(source, (read) => {
      if (read.integrity !== record.integrity) throw otherPackage(source.name, record.integrity, read.integrity);
    });
    const judged = { ...options, hubUrl: client.hubUrl, isLocal: archived !== undefined };
    this.#tree.countAgents(this.ref, manifest, this.#above.length + 1);
    await checkPackageSignature({ manifest, signature }, judged);
    const permissions = await grantAgent(`${record.ref}, of ${this.ref}`, manifest.permissions, this.permissions);
    const parts = { ref: record.ref, source, manifest, permissions, resolved };
    return new AgentPackage(parts, this.#tree, [...this.#above, place]);
  }

  /**
   * Downloads every file of the agent, of its tools' packages and of the agents that it manages, all verified: it needs
   * no hub then.
   *
   * @returns How many files it has with all of them.
   * @throws as {@link tool} and {@link managedAgent} do.
   */
  async download(): Promise<number> {
    let count = (await readListed(this.#parts.source, this.manifest.files)).size;
    for (const { tools, managedAgents } of inlineAgents(this.manifest.agent)) {
      for (const record of tools) {
        if (record.kind !== "package") continue;
        this.#tree.countTool(this.ref);
        const { all } = await this.#fetchPinned(record);
        count += (await all({ signal: this.#tree.options.signal })).size;
      }
      for (const record of managedAgents) {
        if (record.kind === "package") count += await (await this.managedAgent(record)).download();
      }
    }
    return count;
  }

  /** Writes the lock entry, where a lock file was named. To be called when nothing else stands against the agent. */
  async keep(): Promise<void> {
    await this.#parts.keep?.();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#tree[Symbol.asyncDispose]();
  }

  async #startPinned(record: LockedPackage): Promise<LoadedPackage> {
    const { client, options } = this.#tree;
    const fetched = await this.#fetchPinned(record);
    const { repo, commit, version, integrity, ref } = record;
    const pinned = { repo, commit, integrity, ref, ...(version !== undefined && { version }) };
    const permissions = await this.#grant(ref, fetched.manifest);
    return startPackage(fetched, permissions, { kind: "hub", hub: client.hubUrl, ...pinned }, options);
  }

  /** Gets a package of tools, which must be the one that is pinned. */
  async #fetchPinned(record: LockedPackage): Promise<LocalPackage> {
    const { client, cache, options } = this.#tree;
    const accept = ({ integrity }: Manifest): void => {
      if (integrity !== record.integrity) throw otherPackage(placeOf(record), record.integrity, integrity);
    };
    const archived = this.#tree.archived(record);
    const fetched = archived
      ? await openLocalPackage(placeOf(record), async (path) => archived.get(path))
      : await fetchPackage(client, cache, resolvedOf(record), { signal: options.signal, accept });
    accept(fetched.manifest);
    await checkPackageSignature(fetched, { ...options, hubUrl: client.hubUrl, isLocal: archived !== undefined });
    return fetched;
  }

  async #startBundled(record: Extract<ToolRecord, { kind: "bundled" }>): Promise<LoadedPackage> {
    const bundled = await openBundled(this.#parts.source, this.manifest, record);
    const permissions = await this.#grant(record.path, bundled.manifest);
    const loaded = startPackage(bundled, permissions, this.origin, this.#tree.options);
    for (const tool of loaded.tools) rememberBundled(tool, async () => bundled);
    return loaded;
  }

  #grant(place: string, { permissions }: Manifest): Promise<Permissions> {
    return grantAgent(`${place}, of ${this.ref}`, permissions, namedHosts(this.permissions));
  }
}

function originOf({ ref, resolved, source, manifest }: AgentPackageParts, { client }: AgentTree): ToolOrigin {
  const { integrity } = manifest;
  if (!resolved) return { kind: "folder", path: source.name, integrity };
  const { repo, commit, version } = resolved;
  return { kind: "hub", hub: client.hubUrl, ref, repo, ...(version !== undefined && { version }), commit, integrity };
}

function resolvedOf({ repoType, repo, commit, version }: LockedPackage): ResolvedRef {
  return { repoType, repo, commit, ...(version !== undefined && { version, name: `v${version}` }) };
}

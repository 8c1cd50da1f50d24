import type { Tool, ToolOrigin } from "@smoltools/core";
import { chooseTool } from "../../load/choose-tool.ts";
import { noPermissions, type Permissions, sortPermissions } from "../../manifest/permissions.ts";
import { type LocalPackage, openLocalPackage } from "../../load/local/local-package.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import { packPackage } from "../../pack/pack-package.ts";
import { startToolFile } from "../../load/python/start-tool-file.ts";
import { toolFileManifest } from "../../load/python/tool-file-manifest.ts";
import type { AgentTree } from "../agent-tree.ts";
import { rememberBundled } from "../bundled-package.ts";
import { grantAgent, namedHosts } from "../grant-agent.ts";
import type { SmolagentsFolder } from "./smolagents-folder.ts";

/** An agent that smolagents saved, read and not yet made. */
export interface SmolagentsParts {
  /** As the caller named it. */
  ref: string;
  root: SmolagentsFolder;
  origin: ToolOrigin;
  /** How many files it has. */
  files: number;
  /** What the lock file says was granted. */
  granted?: Permissions | undefined;
  /** Writes the lock entry. Absent where there is none to write. */
  keep?: ((permissions: Permissions) => Promise<void>) | undefined;
}

/**
 * An agent that smolagents saved. It declares no permissions: what its tools may do is what the caller names. Disposing of
 * it ends its tools' sandboxes.
 */
export class SmolagentsPackage implements AsyncDisposable {
  readonly form = "smolagents";
  readonly ref: string;
  readonly root: SmolagentsFolder;
  readonly origin: ToolOrigin;
  readonly #parts: SmolagentsParts;
  readonly #tree: AgentTree;
  /** What was granted to the tools that come with smoltools. */
  #builtIn: Permissions = noPermissions();

  constructor(parts: SmolagentsParts, tree: AgentTree) {
    this.ref = parts.ref;
    this.root = parts.root;
    this.origin = parts.origin;
    this.#parts = parts;
    this.#tree = tree;
  }

  /** What its tools in Python may do: what the caller named, or what the lock file says was granted. */
  get permissions(): Permissions {
    const { permissions } = this.#tree.options;
    const named = typeof permissions === "object" ? permissions : (this.#parts.granted ?? noPermissions());
    return namedHosts(sortPermissions(named));
  }

  /**
   * Starts a tool in Python. What it declares is read in the sandbox in which it will run.
   *
   * @param source - The text of its file.
   * @throws PackageError `TOOL_FILE_INVALID`, `TOOL_NOT_FOUND`, `RUNTIME_UNSUPPORTED`.
   */
  async tool(name: string, source: string): Promise<Tool> {
    this.#tree.countTool(this.ref);
    const bytes = Buffer.from(source, "utf8");
    const { origin, permissions } = this;
    const commit = origin.kind === "hub" ? origin.commit : "0".repeat(40);
    const place = `${this.ref}/tools/${name}.py`;
    const manifest = toolFileManifest({ repoType: "space", repo: place, commit }, bytes, permissions);
    const loaded = await this.#tree.load(`${place} ${manifest.integrity}`, () =>
      startToolFile(
        { manifest, file: async () => bytes, all: async () => new Map([[manifest.entry, bytes]]) },
        permissions,
        { kind: "local" },
        this.#tree.options,
      ),
    );
    const tool = chooseTool(loaded, { kind: "folder", path: place, tool: name });
    rememberBundled(tool, () => packageOf(name, loaded.manifest, bytes));
    return tool;
  }

  /**
   * Asks for what tools of smoltools may do that stand in for the agent's own.
   *
   * @throws PermissionError `PERMISSION_NOT_GRANTED`.
   */
  async grant(declared: Permissions): Promise<Permissions> {
    const { permissions } = this.#tree.options;
    this.#builtIn = await grantAgent(this.ref, sortPermissions(declared), permissions, this.#parts.granted);
    return this.#builtIn;
  }

  /**
   * Does nothing: all of its files were read when it was opened.
   *
   * @returns How many they are.
   */
  async download(): Promise<number> {
    return this.#parts.files;
  }

  /** Writes the lock entry, where a lock file was named. To be called when nothing else stands against the agent. */
  async keep(): Promise<void> {
    const { permissions } = this;
    const all = noPermissions();
    for (const kind of Object.keys(all) as (keyof Permissions)[]) {
      all[kind] = [...permissions[kind], ...this.#builtIn[kind]];
    }
    await this.#parts.keep?.(sortPermissions(all));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#tree[Symbol.asyncDispose]();
  }
}

/** The package of a file of Python, for an agent of smoltools that it becomes a part of. */
function packageOf(name: string, { tools, permissions }: Manifest, code: Uint8Array): Promise<LocalPackage> {
  const { files } = packPackage({
    name: `local/${name}`,
    version: "0.1.0",
    description: tools[0]?.description ?? name,
    tools,
    permissions,
    runtime: "python",
    code,
    sources: {},
    requirements: "smolagents",
  });
  return openLocalPackage(`tools/${name}.py`, async (path) => files.get(path));
}

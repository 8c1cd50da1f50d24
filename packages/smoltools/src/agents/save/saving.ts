import type { Permissions } from "@smoltools/hub";
import type { LeftOut } from "../left-out.ts";
import { allPermissions } from "../parts/all-permissions.ts";
import { HookRegistry } from "./hook-registry.ts";

/** Options of saving and pushing an agent. */
export interface AgentSaveOptions {
  /** `owner/name`. @default `local/` and the agent's own name */
  name?: string;
  /** @default "0.1.0" */
  version?: string;
  /** @default the agent's own description */
  description?: string;
  /** SPDX expression. */
  license?: string;
  keywords?: readonly string[];
  /** What the version brings, for people. */
  notes?: string;
  /** Text for the README, in Markdown. */
  readme?: string;
  /**
   * Packages of tools that are not from a hub, by the tool's name: a folder that holds a package, as `smoltools pack`
   * makes it, or a ref.
   */
  toolPackages?: Readonly<Record<string, string>>;
  /** What Python code of the agent imports, where its sandbox does not tell. */
  imports?: readonly string[] | "*";
  /** Told what the file will not have. */
  onReport?: (report: readonly LeftOut[]) => void;
  /** Folder of the download cache. */
  cacheDir?: string;
  /** Where the hub is, for packages that are not in the cache. */
  hubUrl?: string;
  token?: string;
  signal?: AbortSignal | undefined;
}

/** The work of saving one tree of agents. */
export class Saving {
  readonly options: AgentSaveOptions;
  readonly hooks: HookRegistry = new HookRegistry();
  /** Files of packages that become a part of this one. */
  readonly bundled: Map<string, Uint8Array> = new Map();
  /** Folders of bundled packages, by their integrity. */
  readonly folders: Map<string, string> = new Map();
  /** Hubs that pinned packages are on. */
  readonly hubs: Set<string> = new Set();
  /** What all tools may do. */
  permissions: Permissions = allPermissions();

  constructor(options: AgentSaveOptions) {
    this.options = options;
  }

  /** Adds what a part may do. */
  permit(part: Partial<Permissions>): void {
    this.permissions = allPermissions(this.permissions, part);
  }
}

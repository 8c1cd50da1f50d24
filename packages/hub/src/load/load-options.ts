import type { SandboxLimits, SandboxProvider } from "@smoltools/core";
import type { HubCallOptions, HubConnection } from "../http/hub-client.ts";
import type { Grant } from "../permissions/grant.ts";

/** Options of `loadPackage` and `loadTool`. */
export interface LoadOptions extends HubConnection, HubCallOptions {
  /** Where the package's code runs. */
  sandbox: SandboxProvider;
  /** What the package may do, if it declares it: named permissions, or `"declared"` for all that it declares. Nothing by default. */
  permissions?: Grant;
  /**
   * Path of a lock file. A ref that it holds is loaded exactly as locked; another one is resolved and added to it.
   * Without a lock file every load resolves anew.
   */
  lockFile?: string;
  /** Resolve anew what the lock file holds, and lock the result. Permissions must be granted again. @default false */
  update?: boolean;
  /** Refuse refs that the lock file does not hold. @default false */
  frozen?: boolean;
  /** Folder of the download cache. @default the cache of the Hub's official clients */
  cacheDir?: string;
  /** Limits of the sandbox that differ from the default ones. */
  limits?: Partial<SandboxLimits>;
  /** Most calls of the package's tools that run at the same time. @default 4 */
  maxConcurrency?: number;
  /** Where permitted environment variables are read. @default process.env */
  env?: Readonly<Record<string, string | undefined>>;
}

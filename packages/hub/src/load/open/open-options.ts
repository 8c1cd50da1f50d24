import type { HubCallOptions, HubConnection } from "../../http/hub-client.ts";
import type { Grant } from "../../permissions/grant-permissions.ts";
import type { WarningOptions } from "../../resolve/load-warning.ts";
import type { SignatureOptions } from "../../signing/signature-options.ts";

/** How packages are found, verified and trusted, whatever is then done with them. */
export interface OpenOptions extends HubConnection, HubCallOptions, SignatureOptions, WarningOptions {
  /**
   * What the package may do, if it declares it: named permissions, `"declared"` for all that it declares apart from
   * programs (`run`), which have to be named, or a function that decides about each package that wants more than it was
   * granted before. By default what the lock file says was granted, and nothing else.
   */
  permissions?: Grant;
  /**
   * Path of a lock file. A ref that it holds is loaded exactly as locked; another one is resolved and added to it.
   * Without a lock file every load resolves anew.
   */
  lockFile?: string;
  /** Resolve anew what the lock file holds, and lock the result. Permissions that it did not have must be granted. @default false */
  update?: boolean;
  /** Refuse refs that the lock file does not hold. @default false */
  frozen?: boolean;
  /** Folder of the download cache. @default the cache of the Hub's official clients */
  cacheDir?: string;
  /** The environment: where permitted variables are read, and the folders of keys. @default process.env */
  env?: Readonly<Record<string, string | undefined>>;
}

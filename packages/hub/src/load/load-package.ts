import { parseRef } from "../ref/parse-ref.ts";
import { loadLocal } from "./load-local.ts";
import { loadFromHub } from "./load-from-hub.ts";
import type { LoadedPackage } from "./loaded-package.ts";
import type { LoadOptions } from "./load-options.ts";
import { notLocked } from "./open/not-locked.ts";

/**
 * Loads a package: finds its version, verifies what it downloads, checks what it may do. Nothing of it runs on the
 * host; its code runs in the sandbox when a tool is called.
 *
 * @param ref - `owner/name@range`, a folder or an archive; see `parseRef`.
 * @throws PackageError, SignatureError, ArchiveError, LockError, PermissionError, HubError; see their tables of codes.
 */
export async function loadPackage(ref: string, options: LoadOptions): Promise<LoadedPackage> {
  const { maxConcurrency = 4 } = options;
  if (!Number.isInteger(maxConcurrency) || maxConcurrency < 1) {
    throw new RangeError(`maxConcurrency is ${maxConcurrency}: it must be a whole number of at least 1`);
  }
  const parsed = parseRef(ref, options);
  if (parsed.kind === "hub") return loadFromHub(parsed, options);
  if (options.frozen) throw notLocked(ref, options.lockFile);
  return loadLocal(parsed.path, options);
}

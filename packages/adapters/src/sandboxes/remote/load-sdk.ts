import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { importPeer } from "../../shared/optional-peer.ts";
import { unavailable } from "../engine/sandbox-errors.ts";

/** A provider's library, and the sandbox that needs it. */
export interface Sdk {
  sandbox: string;
  packageName: string;
  /** The range of versions that fits, such as `"^2.51.0"`. */
  version: string;
}

/**
 * Loads the library of a provider.
 *
 * @param load - Imports it; the literal `import()` stays with the caller.
 * @throws SandboxError `SANDBOX_UNAVAILABLE` when it is not installed, or cannot be loaded.
 */
export async function loadSdk<T>(load: () => Promise<T>, { sandbox, packageName, version }: Sdk): Promise<T> {
  try {
    return await importPeer(load, { packageName, versions: version, neededFor: `the sandbox ${sandbox}` });
  } catch (error) {
    const message = isSmoltoolsError(error, "ADAPTER_PEER_MISSING")
      ? `the package ${packageName} is not installed. Install it: npm install "${packageName}@${version}"`
      : errorMessage(error);
    throw unavailable(sandbox, message, error);
  }
}

import { errorMessage } from "@smoltools/core";
import { AdapterError } from "./adapter-error.ts";

/** What an optional library is and what it is wanted for. */
interface PeerUse {
  /** Its name on npm, such as `"@huggingface/inference"`. */
  packageName: string;
  /** The versions that fit, as in `peerDependencies`: `"^1.2.0"`. */
  versions: string;
  /** What cannot be done without it, such as `"InferenceClientModel"`. */
  neededFor: string;
}

/**
 * Loads an optional library.
 *
 * @example
 * const { InferenceClient } = await importPeer(() => import("@huggingface/inference"), {
 *   packageName: "@huggingface/inference",
 *   versions: "^4.13.0",
 *   neededFor: "InferenceClientModel",
 * });
 *
 * @param load - Imports it; the literal `import()` stays with the caller, so that bundlers and types see it.
 * @param use - What the error names.
 * @throws AdapterError `ADAPTER_PEER_MISSING` when it is not installed, `ADAPTER_PEER_BROKEN` when it fails to load.
 */
export async function importPeer<T>(load: () => Promise<T>, { packageName, versions, neededFor }: PeerUse): Promise<T> {
  const wanted = `"${packageName}@${versions}"`;
  try {
    return await load();
  } catch (cause) {
    if (isMissing(cause, packageName)) {
      throw new AdapterError(`${neededFor} needs the package ${packageName}. Install it: npm install ${wanted}`, {
        code: "ADAPTER_PEER_MISSING",
        data: { packageName },
        cause,
      });
    }
    throw new AdapterError(
      `${neededFor} needs the package ${packageName}, which is installed but cannot be loaded: ` +
        `${errorMessage(cause)}. Install it again, or a version that fits this one of Node: npm install ${wanted}`,
      { code: "ADAPTER_PEER_BROKEN", data: { packageName }, cause },
    );
  }
}

/** The library itself is missing, not one of those that it needs in turn. */
function isMissing(error: unknown, packageName: string): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  const names = [`'${packageName}'`, `"${packageName}"`, `'${packageName}/`, `"${packageName}/`];
  const notFound = error.code === "ERR_MODULE_NOT_FOUND" || error.code === "MODULE_NOT_FOUND";
  return notFound && names.some((name) => error.message.split("imported from")[0]?.includes(name));
}

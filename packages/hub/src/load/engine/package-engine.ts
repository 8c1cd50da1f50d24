import type { HostFunction } from "@smoltools/core";
import type { LoadOptions } from "../load-options.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import { openBundleEngine } from "./bundle-engine.ts";
import { openInProcessEngine } from "./in-process-engine.ts";
import { openPythonEngine } from "./python-engine.ts";
import { noRuntime, notInProcess, refuseHostPermissions } from "./refuse-runtime.ts";
import type { OpenEngine } from "./tool-engine.ts";

/** How the engines of a package are made, and under which name errors know them. */
export interface PackageEngine {
  name: string;
  open: OpenEngine;
}

/** What of the options of a load is about running the package. */
export type EngineOptions = Pick<LoadOptions, "sandbox" | "runtimes" | "trust" | "limits" | "env">;

/**
 * Chooses where a package runs: by its runtime, among what the caller has named.
 *
 * @param permissions - What it was granted.
 * @param entry - Reads the package's entry, verified.
 * @param functions - Of the host, for a package that was converted from a program. Its code needs nothing else: it runs
 *   in a sandbox whatever `trust` says.
 * @throws PackageError `RUNTIME_UNSUPPORTED` when nothing here can run it, or hold it to its permissions.
 */
export function packageEngine(
  manifest: Manifest,
  permissions: Permissions,
  entry: () => Promise<Uint8Array>,
  { sandbox, runtimes = {}, trust = "sandbox", limits, env = process.env }: EngineOptions,
  functions?: Readonly<Record<string, HostFunction>>,
): PackageEngine {
  const read = once(entry);
  const code = async (): Promise<string> => new TextDecoder().decode(await read());
  if (trust === "in-process" && !functions) {
    if (manifest.runtime === "python") throw notInProcess(manifest);
    return { name: "in-process", open: async () => openInProcessEngine(await read()) };
  }
  refuseHostPermissions(manifest, permissions);
  if (manifest.runtime === "python") {
    const runtime = runtimes.python;
    if (!runtime) throw noRuntime(manifest);
    const common = { runtime, permissions, limits, env };
    return {
      name: runtime.name,
      open: async (signal) => openPythonEngine({ ...common, source: await code(), signal }),
    };
  }
  const provider = manifest.runtime === "js" ? sandbox : runtimes.node;
  if (provider?.language !== "javascript") throw noRuntime(manifest);
  const common = { sandbox: provider, permissions, limits, functions, env };
  return { name: provider.name, open: async (signal) => openBundleEngine({ ...common, code: await code(), signal }) };
}

/** Does asynchronous work once; a failure is not kept, so that the next caller tries again. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work().catch((error: unknown) => {
      result = undefined;
      throw error;
    });
    return result;
  };
}

import type { ToolOrigin } from "@smoltools/core";
import { PackageError } from "../errors/package-error.ts";
import type { Permissions } from "../manifest/permissions.ts";
import { checkEngine } from "./check-engine.ts";
import type { FetchedPackage } from "./fetch-package.ts";
import { HubTool } from "./hub-tool.ts";
import type { LoadedPackage } from "./loaded-package.ts";
import type { LoadOptions } from "./load-options.ts";
import { PackageRuntime } from "./package-runtime.ts";

/**
 * Makes the tools of a package whose manifest is verified. Its code is read, and a sandbox made, by the first call.
 *
 * @throws PackageError `RUNTIME_UNSUPPORTED` when no sandbox here can run it.
 */
export function startPackage(
  { manifest, file, all }: Pick<FetchedPackage, "manifest" | "file" | "all">,
  permissions: Permissions,
  origin: ToolOrigin,
  options: LoadOptions,
): LoadedPackage {
  const source = `${manifest.name}@${manifest.version}`;
  checkEngine(manifest, source);
  if (manifest.runtime !== "js" || permissions.read.length + permissions.write.length + permissions.run.length > 0) {
    const needs = manifest.runtime === "js" ? "files or programs" : manifest.runtime;
    throw new PackageError(`${source} needs ${needs}, which the sandbox ${options.sandbox.name} cannot give it`, {
      code: "RUNTIME_UNSUPPORTED",
      data: { source, runtime: manifest.runtime, sandbox: options.sandbox.name },
    });
  }
  const runtime = new PackageRuntime({
    sandbox: options.sandbox,
    code: once(async () => new TextDecoder().decode(await file(manifest.entry))),
    permissions,
    limits: options.limits,
    maxConcurrency: options.maxConcurrency ?? 4,
    env: options.env ?? process.env,
  });
  return {
    manifest,
    permissions,
    tools: manifest.tools.map((declaration) => new HubTool(declaration, origin, runtime)),
    download: async () => (await all()).size,
    [Symbol.asyncDispose]: () => runtime.dispose(),
  };
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

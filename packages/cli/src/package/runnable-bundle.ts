import { isSmoltoolsError } from "@smoltools/core";
import { type Bundle, type BundleOptions, bundleTools, type PackageRuntimeKind } from "@smoltools/hub";
import { tryOut, type TryOutOptions } from "./try-out.ts";

/** A bundle that loads, and what it needs for that. */
export interface RunnableBundle {
  bundle: Bundle;
  runtime: PackageRuntimeKind;
}

/**
 * Bundles a source file so that it loads where its tools will run. Where a library wants modules of Node.js, and has parts
 * for browsers that do without, these are taken if they load: what Node.js has in files and processes, no sandbox has.
 *
 * @throws PackageError `BUNDLE_FAILED`, `PACKAGE_TOO_LARGE`, `RUNTIME_UNSUPPORTED`.
 */
export async function runnableBundle(
  sources: Omit<BundleOptions, "forBrowsers">,
  options: TryOutOptions,
): Promise<RunnableBundle> {
  const tools = sources.tools.map(({ name }) => name);
  const bundle = await bundleTools(sources);
  if (bundle.nodeModules.length > 0) {
    const light = await bundleTools({ ...sources, forBrowsers: true });
    const runtime = light.nodeModules.length === 0 ? await runtimeOf({ ...light, tools }, options) : undefined;
    if (runtime !== undefined) return { bundle: light, runtime };
  }
  return { bundle, runtime: await tryOut({ ...bundle, tools }, options) };
}

async function runtimeOf(
  bundle: Parameters<typeof tryOut>[0],
  options: TryOutOptions,
): Promise<PackageRuntimeKind | undefined> {
  try {
    return await tryOut(bundle, options);
  } catch (error) {
    if (isSmoltoolsError(error, "RUNTIME_UNSUPPORTED")) return undefined;
    throw error;
  }
}

import type { ToolOrigin } from "@smoltools/core";
import { packageEngine } from "./package-engine.ts";
import { grantedProgram } from "./granted-program.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import { checkEngine } from "./check-engine.ts";
import type { FetchedPackage } from "../open/fetch-package.ts";
import { HubTool } from "../hub-tool.ts";
import type { LoadedPackage } from "../loaded-package.ts";
import type { LoadOptions } from "../load-options.ts";
import { PackageRuntime } from "./package-runtime.ts";

/**
 * Makes the tools of a package whose manifest is verified. Its code is read, and a sandbox made, by the first call.
 *
 * @throws PackageError `RUNTIME_UNSUPPORTED` when no sandbox here can run it, or nothing here can start its program.
 */
export function startPackage(
  { manifest, file, all }: Pick<FetchedPackage, "manifest" | "file" | "all">,
  permissions: Permissions,
  origin: ToolOrigin,
  options: LoadOptions,
): LoadedPackage {
  checkEngine(manifest, `${manifest.name}@${manifest.version}`);
  const program = grantedProgram(manifest, permissions, options);
  const engine = packageEngine(manifest, permissions, () => file(manifest.entry), options, program?.functions);
  const runtime = new PackageRuntime({
    sandbox: engine.name,
    open: engine.open,
    maxConcurrency: options.maxConcurrency ?? 4,
    owned: program,
  });
  return {
    manifest,
    permissions,
    tools: manifest.tools.map((declaration) => new HubTool(declaration, manifest.version, origin, runtime)),
    file,
    download: async () => (await all()).size,
    [Symbol.asyncDispose]: () => runtime.dispose(),
  };
}

import type { ToolOrigin } from "@smoltools/core";
import { grantPermissions } from "../permissions/grant-permissions.ts";
import { checkPackageSignature } from "./open/check-package-signature.ts";
import type { LoadedPackage } from "./loaded-package.ts";
import type { LoadOptions } from "./load-options.ts";
import { readLocal } from "./local/read-local.ts";
import { startPackage } from "./engine/start-package.ts";

/** Loads the package in a folder of this machine, or in an archive. */
export async function loadLocal(path: string, options: LoadOptions): Promise<LoadedPackage> {
  const opened = await readLocal(path, { signal: options.signal });
  const { name, permissions: declared, integrity } = opened.manifest;
  await checkPackageSignature(opened, { ...options, isLocal: true });
  const permissions = await grantPermissions(name, declared, options.permissions);
  const origin: ToolOrigin = { kind: "folder", path, integrity };
  return startPackage(opened, permissions, origin, options);
}

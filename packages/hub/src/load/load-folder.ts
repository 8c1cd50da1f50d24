import type { ToolOrigin } from "@smoltools/core";
import { grantPermissions } from "../permissions/grant.ts";
import type { LoadedPackage } from "./loaded-package.ts";
import type { LoadOptions } from "./load-options.ts";
import { readFolder } from "./read-folder.ts";
import { startPackage } from "./start-package.ts";

/** Loads the package in a folder of this machine. */
export async function loadFolder(path: string, options: LoadOptions): Promise<LoadedPackage> {
  const fetched = await readFolder(path);
  const { name, permissions: declared } = fetched.manifest;
  const permissions = grantPermissions(name, declared, options.permissions);
  const origin: ToolOrigin = { kind: "folder", path, integrity: fetched.manifest.integrity };
  return startPackage(fetched, permissions, origin, options);
}

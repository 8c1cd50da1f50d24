import type {
  AddedPackage,
  AuditOptions,
  AuditResult,
  HubConnection,
  InstallOptions,
  InstallResult,
  OutdatedOptions,
  OutdatedResult,
  UpdateOptions,
  UpdateResult,
  WarningOptions,
} from "@smoltools/hub";
import { emitWarning } from "./emit-warning.ts";
import { environmentHub } from "./environment-hub.ts";

// The functions of `@smoltools/hub` of the same names, with the hub and the token that `Tool.fromHub` would use.

/** Locks packages, as `smoltools add` does. See `addPackages` of `@smoltools/hub`. */
export async function addPackages(refs: readonly string[], options: InstallOptions): Promise<AddedPackage[]> {
  const hub = await import("@smoltools/hub");
  return hub.addPackages(refs, withDefaults(options));
}

/** Downloads and verifies what is locked, as `smoltools install` does. See `installPackages` of `@smoltools/hub`. */
export async function installPackages(
  refs: readonly string[] | undefined,
  options: InstallOptions,
): Promise<InstallResult> {
  const hub = await import("@smoltools/hub");
  return hub.installPackages(refs, withDefaults(options));
}

/** Locks the newest versions that fit, as `smoltools update` does. See `updatePackages` of `@smoltools/hub`. */
export async function updatePackages(
  refs: readonly string[] | undefined,
  options: UpdateOptions,
): Promise<UpdateResult> {
  const hub = await import("@smoltools/hub");
  return hub.updatePackages(refs, withDefaults(options));
}

/** Tells what has something newer or was withdrawn, as `smoltools outdated` does. See `listOutdated` of `@smoltools/hub`. */
export async function listOutdated(
  refs: readonly string[] | undefined,
  options: OutdatedOptions,
): Promise<OutdatedResult> {
  const hub = await import("@smoltools/hub");
  return hub.listOutdated(refs, environmentHub(options));
}

/** Tells what is wrong with what is locked, as `smoltools audit` does. See `auditPackages` of `@smoltools/hub`. */
export async function auditPackages(refs: readonly string[] | undefined, options: AuditOptions): Promise<AuditResult> {
  const hub = await import("@smoltools/hub");
  return hub.auditPackages(refs, environmentHub(options));
}

function withDefaults<Options extends HubConnection & WarningOptions>(options: Options): Options {
  return { onWarning: emitWarning, ...environmentHub(options) };
}

import type { Tool } from "@smoltools/core";
import { PackageError } from "../errors/package-error.ts";
import { verifyFile } from "../integrity/verify-file.ts";
import { type LocalPackage, openLocalPackage } from "../load/local/local-package.ts";
import type { ToolRecord } from "./manifest/agent-definition.ts";
import type { AgentManifest } from "./manifest/agent-manifest.ts";
import type { AgentSource } from "./source/agent-source.ts";

type BundledRecord = Extract<ToolRecord, { kind: "bundled" }>;

/** How the packages of tools that were part of an agent are had, so that they can be saved again. */
const packages = new WeakMap<Tool, () => Promise<LocalPackage>>();

/** Remembers how the package of a tool is had. */
export function rememberBundled(tool: Tool, open: () => Promise<LocalPackage>): void {
  packages.set(tool, open);
}

/** The package of a tool that was part of an agent; `undefined` for others. */
export async function bundledPackageOf(tool: Tool): Promise<LocalPackage | undefined> {
  return packages.get(tool)?.();
}

/**
 * Opens a package of tools inside of the package of an agent. Each file is held against both manifests.
 *
 * @throws PackageError `INTEGRITY_MISMATCH`, and those of `readManifest`.
 */
export async function openBundled(
  source: AgentSource,
  agent: AgentManifest,
  { path, integrity }: BundledRecord,
): Promise<LocalPackage> {
  const place = `${source.name}, ${path}`;
  const bundled = await openLocalPackage(place, async (name) => {
    const full = `${path}/${name}`;
    const expected = Object.hasOwn(agent.files, full) ? agent.files[full] : undefined;
    if (!expected) return undefined;
    return source.read(full, expected.size, (bytes) => {
      verifyFile(bytes, expected, full, source.name);
      return bytes;
    });
  });
  if (bundled.manifest.integrity !== integrity) throw otherPackage(place, integrity, bundled.manifest.integrity);
  return bundled;
}

/** The error for a package that is not the one that an agent pinned. */
export function otherPackage(place: string, expected: string, actual: string): PackageError {
  return new PackageError(
    `${place} is not the package that the agent was saved with: it has ${actual} instead of ${expected}. Do not use it`,
    { code: "INTEGRITY_MISMATCH", data: { place, expected, actual } },
  );
}

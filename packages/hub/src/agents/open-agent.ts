import { stat } from "node:fs/promises";
import type { ToolOrigin } from "@smoltools/core";
import { readArchive } from "../archive/read-archive.ts";
import { PackageError } from "../errors/package-error.ts";
import { checkPackageSignature } from "../load/open/check-package-signature.ts";
import type { LoadOptions } from "../load/load-options.ts";
import { notLocked } from "../load/open/not-locked.ts";
import { parseRef } from "../ref/parse-ref.ts";
import { AgentPackage } from "./agent-package.ts";
import { AgentTree } from "./agent-tree.ts";
import { grantAgent } from "./grant-agent.ts";
import { openFromHub } from "./open-from-hub.ts";
import { readAnyAgentFile } from "./source/read-agent-file.ts";
import { readSmolagents } from "./smolagents/read-smolagents.ts";
import { SmolagentsPackage } from "./smolagents/smolagents-package.ts";
import type { AgentSource } from "./source/agent-source.ts";
import { folderSource, mapSource } from "./source/local-source.ts";

/**
 * Opens a saved agent: finds its version, verifies what it downloads, checks what it may do. Nothing of it runs, and no
 * model is made.
 *
 * @param ref - `owner/name@range`, a folder or an archive; see `parseRef`.
 * @throws PackageError, LockError, PermissionError, SignatureError, HubError, AgentFileError; see their tables of codes.
 */
export async function openAgent(ref: string, options: LoadOptions): Promise<AgentPackage | SmolagentsPackage> {
  const parsed = parseRef(ref, options);
  if (parsed.tool !== undefined) {
    throw new PackageError(`${ref} names a tool: an agent is a whole package, leave out #${parsed.tool}`, {
      code: "REF_INVALID",
      data: { ref },
    });
  }
  return parsed.kind === "hub" ? openFromHub(parsed, options) : openAgentFolder(parsed.path, options);
}

/**
 * Opens an agent in a folder, or in an archive of `smoltools pack`.
 *
 * @throws as {@link openAgent} does.
 */
export async function openAgentFolder(path: string, options: LoadOptions): Promise<AgentPackage | SmolagentsPackage> {
  if (options.frozen) throw notLocked(path, options.lockFile);
  const entry = await stat(path).catch(() => undefined);
  if (!entry?.isFile()) return openLocal(folderSource(path), new AgentTree(options));
  const { main, dependencies } = await readArchive(path, options);
  return openLocal(mapSource(path, main.files), new AgentTree(options, dependencies));
}

async function openLocal(source: AgentSource, tree: AgentTree): Promise<AgentPackage | SmolagentsPackage> {
  const { options } = tree;
  const { name } = source;
  const file = await readAnyAgentFile(source);
  if (!file) {
    const { root, integrity, count } = await readSmolagents(source);
    const origin: ToolOrigin = { kind: "folder", path: name, integrity };
    return new SmolagentsPackage({ ref: name, root, origin, files: count }, tree);
  }
  const { manifest } = file;
  await checkPackageSignature(file, { ...options, isLocal: true });
  const permissions = await grantAgent(name, manifest.permissions, options.permissions);
  return new AgentPackage({ ref: name, source, manifest, permissions }, tree, [name]);
}

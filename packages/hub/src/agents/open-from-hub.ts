import type { ToolOrigin } from "@smoltools/core";
import { LockError } from "../errors/lock-error.ts";
import { PackageError } from "../errors/package-error.ts";
import { gitBlobId } from "../integrity/hash.ts";
import { declarationsFingerprint } from "../integrity/manifest-integrity.ts";
import { type BegunLoad, beginLoad } from "../load/open/begin-load.ts";
import { checkPackageSignature } from "../load/open/check-package-signature.ts";
import type { LoadOptions } from "../load/load-options.ts";
import type { LockEntry } from "../lock/lock-data.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import { isEmpty, missingPermissions, permissionsText } from "../manifest/permissions.ts";
import type { HubRef } from "../ref/ref.ts";
import { AgentPackage } from "./agent-package.ts";
import { agentFileName, type AgentManifest } from "./manifest/agent-manifest.ts";
import { AgentTree } from "./agent-tree.ts";
import { grantAgent } from "./grant-agent.ts";
import { type AgentFile, readAnyAgentFile } from "./source/read-agent-file.ts";
import { readSmolagents, type SmolagentsFiles } from "./smolagents/read-smolagents.ts";
import { SmolagentsPackage } from "./smolagents/smolagents-package.ts";
import type { AgentSource } from "./source/agent-source.ts";
import { hubSource } from "./source/hub-source.ts";
import { checkIdentity } from "../load/open/check-identity.ts";
import { placeOf } from "./manifest/agent-definition.ts";

/** An agent of a hub that was found and verified. Nothing was granted to it, and nothing kept. */
export type BegunAgent = {
  begun: BegunLoad;
  tree: AgentTree;
  source: AgentSource;
} & ({ form: "smoltools"; file: AgentFile } | { form: "smolagents"; files: SmolagentsFiles });

/** Opens an agent of a hub: at the lock file's commit where it holds the ref, else in the version that fits. */
export async function openFromHub(ref: HubRef, options: LoadOptions): Promise<AgentPackage | SmolagentsPackage> {
  return finishAgent(await beginAgent(ref, options), options);
}

/** The first half: finds the commit, and verifies what is there. */
export async function beginAgent(ref: HubRef, options: LoadOptions): Promise<BegunAgent> {
  const begun = await beginLoad(ref, options, async (cache, at) => {
    const file = await cache.read(at, agentFileName, packageLimits.maxManifestBytes);
    return file !== undefined;
  });
  const { key, client, cache, resolved, entry } = begun;
  const tree = new AgentTree(options);
  const source = hubSource(client, cache, resolved, { signal: options.signal });
  const file = await readAnyAgentFile(source, (manifest) => {
    checkIdentity(manifest, resolved, source.name);
    if (entry) checkEntry(key, entry, manifest);
  });
  if (file) return { begun, tree, source, form: "smoltools", file };
  return { begun, tree, source, form: "smolagents", files: await readFiles(begun, source, tree) };
}

/** The second half: asks for permissions. What is opened is kept in the lock file by its own `keep`. */
export async function finishAgent(agent: BegunAgent, options: LoadOptions): Promise<AgentPackage | SmolagentsPackage> {
  const { begun, tree, source } = agent;
  if (agent.form === "smolagents") return finishSmolagents(begun, agent.files, tree);
  const { key, client, resolved, previous } = begun;
  const { manifest } = agent.file;
  const { integrity } = manifest;
  const signature = await checkPackageSignature(agent.file, { ...options, hubUrl: client.hubUrl });
  // What was granted when it was locked holds, unless the caller now grants less.
  const permissions = await grantAgent(key, manifest.permissions, options.permissions, previous?.permissions);
  const declarations = declarationsFingerprint([manifest.agent]);
  const keep = (): Promise<void> =>
    begun.keep({
      kind: "agent",
      integrity,
      permissions,
      declarations,
      ...(signature && { signedBy: signature.keyId }),
    });
  return new AgentPackage({ ref: key, source, manifest, permissions, resolved, keep }, tree, [placeOf(resolved)]);
}

function finishSmolagents(
  begun: BegunLoad,
  { root, integrity, count }: SmolagentsFiles,
  tree: AgentTree,
): SmolagentsPackage {
  const { key, client, resolved, previous } = begun;
  const { repo, commit, version } = resolved;
  const pinned = { repo, ...(version !== undefined && { version }), commit, integrity };
  const origin: ToolOrigin = { kind: "hub", hub: client.hubUrl, ref: key, ...pinned };
  const declarations = declarationsFingerprint([root.file]);
  return new SmolagentsPackage(
    {
      ref: key,
      root,
      origin,
      files: count,
      granted: previous?.permissions,
      keep: (permissions) => begun.keep({ kind: "agent", integrity, permissions, declarations }),
    },
    tree,
  );
}

/**
 * smolagents writes no hashes: each file is held against the hub's own list of the commit, or all of them together
 * against the lock file.
 */
async function readFiles(begun: BegunLoad, source: AgentSource, tree: AgentTree): Promise<SmolagentsFiles> {
  const { key, entry } = begun;
  let files = entry ? await readSmolagents(source) : await readListed(begun, source, tree);
  // The cache is shared with other programs: what does not fit is asked for once more.
  if (entry && files.integrity !== entry.integrity) files = await readListed(begun, source, tree);
  if (entry) checkIntegrity(key, entry, files.integrity);
  return files;
}

async function readListed(
  { client, resolved }: BegunLoad,
  source: AgentSource,
  { options }: AgentTree,
): Promise<SmolagentsFiles> {
  const entries = await client.tree(resolved, resolved.commit, { signal: options.signal });
  const ids = new Map(entries.map(({ path, oid }) => [path, oid]));
  return readSmolagents(source, (path, bytes) => {
    const [expected, actual] = [ids.get(path), gitBlobId(bytes)];
    if (expected === actual) return;
    throw new PackageError(
      `${path} of ${source.name} is not the file of the commit: it has the id ${actual} instead of ${expected ?? "none"}. ` +
        "It was damaged or tampered with and is not used",
      { code: "INTEGRITY_MISMATCH", data: { source: source.name, path, expected, actual } },
    );
  });
}

/** @throws LockError `LOCK_PERMISSIONS_GROWN` or `LOCK_INTEGRITY`. */
function checkEntry(key: string, entry: LockEntry, { integrity, permissions }: AgentManifest): void {
  const grown = missingPermissions(permissions, entry.permissions);
  if (!isEmpty(grown)) {
    throw new LockError(
      `${key} asks for permissions that the lock file does not say were granted: ${permissionsText(grown)}. ` +
        "Look at the agent; if that is right, load it once with `update` and the permissions",
      { code: "LOCK_PERMISSIONS_GROWN", data: { ref: key, grown } },
    );
  }
  checkIntegrity(key, entry, integrity);
}

function checkIntegrity(key: string, entry: LockEntry, integrity: string): void {
  if (integrity === entry.integrity) return;
  throw new LockError(
    `${key} is not the agent that was locked: it has ${integrity}, the lock file says ${entry.integrity}. ` +
      "Do not use it before you know whether the agent or the lock file was changed",
    { code: "LOCK_INTEGRITY", data: { ref: key, expected: entry.integrity, actual: integrity } },
  );
}

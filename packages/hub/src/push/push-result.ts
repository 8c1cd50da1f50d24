import { diffPackages, type PackageDiff } from "../diff/package-diff.ts";
import { fileChanges } from "../diff/file-change.ts";
import type { HubClient, Repo } from "../http/hub-client.ts";
import { sha256 } from "../integrity/hash.ts";
import { verifyFile } from "../integrity/verify-file.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { signaturePath } from "../signing/signature-path.ts";
import type { Publication } from "./publication.ts";
import type { PushOptions, PushResult } from "./push-options.ts";
import type { PushPlan } from "./push-plan.ts";

/**
 * What a push by this plan did or would do.
 *
 * @param plan - `undefined` when there was nothing to do, because the version is published already.
 */
export function pushResult<M extends PackageManifest>(
  { kind, manifest }: Publication<M>,
  outgoing: ReadonlyMap<string, Uint8Array>,
  plan: PushPlan<M> | undefined,
): PushResult {
  const after = Object.fromEntries([...outgoing].map(([path, bytes]) => [path, describe(bytes)]));
  const before = plan?.before && {
    ...plan.before.manifest.files,
    [kind.manifestName]: describe(plan.before.manifestBytes),
  };
  return {
    repo: manifest.name,
    version: manifest.version,
    tag: `v${manifest.version}`,
    ...(plan && { branch: plan.branch }),
    createdRepo: false,
    alreadyPublished: false,
    written: plan?.written ?? [],
    deleted: plan?.deleted ?? [],
    files: fileChanges(plan ? (before ?? {}) : after, after),
    ...(plan?.before && { before: plan.before.version }),
    compatibility: plan?.compatibility ?? { bump: "none", findings: [] },
    ...(plan?.gate.least !== undefined && { leastVersion: plan.gate.least }),
    allowed: plan?.gate.allowed ?? [],
    integrity: manifest.integrity,
    signed: outgoing.has(signaturePath(kind.manifestName)),
    dryRun: false,
  };
}

function describe(bytes: Uint8Array): ManifestFile {
  return { size: bytes.byteLength, sha256: sha256(bytes) };
}

/** Everything that a version changes; `undefined` for the first one. */
export async function dryRunDiff<M extends PackageManifest>(
  client: HubClient,
  repo: Repo,
  { kind, manifest, files }: Publication<M>,
  { before }: PushPlan<M>,
  { signal }: PushOptions,
): Promise<PackageDiff | undefined> {
  if (!before) return undefined;
  const published = async (path: string) => {
    const expected = before.manifest.files[path] ?? { size: 0, sha256: "" };
    const { bytes } = await client.file(repo, before.commit, path, expected.size, { signal });
    verifyFile(bytes, expected, path, `${manifest.name}@${before.version}`);
    return bytes;
  };
  return diffPackages<M>(
    { manifest: before.manifest, file: published },
    { manifest, file: (path) => files.get(path) ?? new Uint8Array() },
    { compare: kind.compare, signal },
  );
}

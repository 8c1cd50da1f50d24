import { canonicalJson } from "@smoltools/core";
import type { Compatibility } from "../compat/compatibility.ts";
import type { HubCallOptions } from "../http/hub-client.ts";
import type { ManifestSource } from "../manifest/manifest-source.ts";
import type { PackageManifest } from "../manifest/package-manifest.ts";
import { missingPermissions, noPermissions, type Permissions } from "../manifest/permissions.ts";
import { type FileChange, fileChanges } from "./file-change.ts";
import { type TextDiff, textDiff, textDiffLimits } from "./text-diff.ts";

/** A version of a package, for comparing: its verified manifest, and its files, verified when they are read. */
export interface PackageContents<M extends PackageManifest = PackageManifest> {
  manifest: M;
  file(path: string): Uint8Array | Promise<Uint8Array>;
}

/** Which version it is. */
export interface VersionLabel {
  name: string;
  version: string;
  integrity: string;
}

/** What changed between two versions of a package. */
export interface PackageDiff {
  before: VersionLabel;
  after: VersionLabel;
  /** What the changes of the declarations mean for callers, and what they ask of the version's number. */
  compatibility: Compatibility;
  /** What the version after asks for and the one before did not, and the other way round. */
  permissions: { added: Permissions; removed: Permissions };
  /** Where the two differ in what they need to run. */
  runtime?: { before: string | undefined; after: string | undefined };
  /** Where the two were converted from different sources, or from other states of one. */
  source?: { before: ManifestSource | undefined; after: ManifestSource | undefined };
  /** What the version after says that it brings. */
  notes?: string;
  files: FileChange[];
  /** The text of the files that are new, changed or gone. */
  texts: TextDiff[];
  /** Changed files whose text was not compared, because there are so many. */
  textsLeftOut: number;
}

/** Options of {@link diffPackages}. */
export interface DiffOptions<M extends PackageManifest = PackageManifest> extends HubCallOptions {
  /** Judges the declarations. */
  compare: (before: M, after: M) => Compatibility;
  /**
   * Of which files the text is compared: what the author wrote, which is `src/` and the README, or also what was made
   * from it. @default "sources"
   */
  texts?: "sources" | "all";
  /** Most files of which the text is compared. @default 100 */
  maxTexts?: number;
}

/**
 * Compares two versions of a package: declarations, permissions, files, and the text of its sources. Only files that
 * differ are read.
 */
export async function diffPackages<M extends PackageManifest>(
  before: PackageContents<M>,
  after: PackageContents<M>,
  { compare, texts: which = "sources", maxTexts = 100, signal }: DiffOptions<M>,
): Promise<PackageDiff> {
  const [old, now] = [before.manifest, after.manifest];
  const files = fileChanges(old.files, now.files);
  const readable = files.filter(({ path, mark }) => mark !== "same" && (which === "all" || isSource(path)));
  const texts: TextDiff[] = [];
  for (const { path, mark } of readable.slice(0, maxTexts)) {
    signal?.throwIfAborted();
    if (Math.max(sizeOf(old, path), sizeOf(now, path)) > textDiffLimits.maxFileBytes) {
      texts.push({ path, omitted: "too large" });
      continue;
    }
    const [was, is] = await Promise.all([
      mark === "new" ? undefined : before.file(path),
      mark === "removed" ? undefined : after.file(path),
    ]);
    texts.push(await textDiff(path, was, is));
  }
  const [had, has] = [old.permissions ?? noPermissions(), now.permissions ?? noPermissions()];
  return {
    before: label(old),
    after: label(now),
    compatibility: compare(old, now),
    permissions: { added: missingPermissions(has, had), removed: missingPermissions(had, has) },
    ...(old.runtime !== now.runtime && { runtime: { before: old.runtime, after: now.runtime } }),
    ...(!sameSource(old.source, now.source) && { source: { before: old.source, after: now.source } }),
    ...(now.notes !== undefined && { notes: now.notes }),
    files,
    texts,
    textsLeftOut: Math.max(0, readable.length - maxTexts),
  };
}

function isSource(path: string): boolean {
  return path.startsWith("src/") || path === "README.md";
}

function sameSource(before: ManifestSource | undefined, after: ManifestSource | undefined): boolean {
  return canonicalJson(before ?? null) === canonicalJson(after ?? null);
}

function sizeOf({ files }: PackageManifest, path: string): number {
  return Object.hasOwn(files, path) ? (files[path]?.size ?? 0) : 0;
}

function label({ name, version, integrity }: PackageManifest): VersionLabel {
  return { name, version, integrity };
}

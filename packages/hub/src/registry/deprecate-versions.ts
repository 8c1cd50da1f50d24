import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import { PackageError } from "../errors/package-error.ts";
import type { HubCallOptions, HubClient, Repo } from "../http/hub-client.ts";
import { changeRegistry, type RegistryChange, withStatus } from "./change-registry.ts";
import { noticeText } from "./notice-text.ts";
import { type Deprecation, type RegistryFile, versionStatus } from "./registry-file.ts";

/** Options of {@link deprecateVersions}. */
export interface DeprecateOptions extends HubCallOptions {
  /** What is wrong with it, in one line, for those who use it. */
  message: string;
  /** A ref to use instead. */
  use?: string;
}

/**
 * Warns everybody who uses versions of a package. They are still chosen and loaded.
 *
 * Deprecating once more changes nothing but the message.
 *
 * @param range - The versions, such as `1.2.0` or `<2`, prereleases included; `undefined` for the package as a whole,
 *   versions that are still to come included.
 * @throws PackageError `VERSION_NOT_FOUND`, `VERSION_NONE`, `REGISTRY_INVALID`; HubError.
 */
export async function deprecateVersions(
  client: HubClient,
  repo: Repo,
  range: string | undefined,
  { message, use, signal }: DeprecateOptions,
): Promise<RegistryChange> {
  const text = noticeText(message, "message");
  const instead = use === undefined ? {} : { use: noticeText(use, "ref to use instead") };
  return changeStatus(client, repo, range, `Deprecate ${range ?? "the package"}`, signal, (before) =>
    before?.message === text && before.use === use
      ? before
      : { message: text, ...instead, at: before?.at ?? new Date().toISOString() },
  );
}

/**
 * Takes deprecations back.
 *
 * @param range - As for {@link deprecateVersions}; a deprecation of the package as a whole is taken back without one.
 * @throws As {@link deprecateVersions} does.
 */
export async function undeprecateVersions(
  client: HubClient,
  repo: Repo,
  range: string | undefined,
  options: HubCallOptions = {},
): Promise<RegistryChange> {
  const title = `Take back the deprecation of ${range ?? "the package"}`;
  return changeStatus(client, repo, range, title, options.signal, () => undefined);
}

type Change = (before: Deprecation | undefined) => Deprecation | undefined;

function changeStatus(
  client: HubClient,
  repo: Repo,
  range: string | undefined,
  title: string,
  signal: AbortSignal | undefined,
  change: Change,
): Promise<RegistryChange> {
  return changeRegistry(client, repo, {
    title,
    signal,
    edit: (registry, published) => {
      if (range === undefined) return { registry: ofPackage(registry, change), versions: [] };
      const versions = matching(repo, range, published);
      return { registry: versions.reduce((each, version) => ofVersion(each, version, change), registry), versions };
    },
  });
}

function ofPackage({ deprecated, ...rest }: RegistryFile, change: Change): RegistryFile {
  const changed = change(deprecated);
  return changed ? { ...rest, deprecated: changed } : rest;
}

function ofVersion(registry: RegistryFile, version: string, change: Change): RegistryFile {
  const { deprecated, ...status } = versionStatus(registry, version);
  const changed = change(deprecated);
  return withStatus(registry, version, changed ? { ...status, deprecated: changed } : status);
}

function matching({ repo }: Repo, range: string, published: readonly string[]): string[] {
  const versions =
    validRange(range) === null ? [] : published.filter((one) => satisfies(one, range, { includePrerelease: true }));
  if (versions.length > 0) return versions;
  throw new PackageError(`${repo} has no version that fits ${JSON.stringify(range)}`, {
    code: "VERSION_NOT_FOUND",
    data: { repo, range },
  });
}

import { PackageError } from "../errors/package-error.ts";
import fc from "fast-check";
import compare from "semver/functions/compare.js";
import satisfies from "semver/functions/satisfies.js";
import { describe, expect, it } from "vitest";
import { parseRef } from "../ref/parse-ref.ts";
import type { HubRef } from "../ref/ref.ts";
import type { RegistryFile, VersionStatus } from "../registry/registry-file.ts";
import { chooseVersion } from "./choose-version.ts";
import type { PublishedPackage } from "./published-package.ts";
import { chooseRevision } from "./resolve-ref.ts";
import { publishedVersions } from "../registry/published-versions.ts";

const commit = "0".repeat(40);
const at = "2026-01-01T00:00:00Z";
const yanked = { reason: "leaks\u001B[31m keys", at };
const tags = [
  "v1.0.0",
  "v1.10.0",
  "v1.2.0",
  "v2.0.0-rc.1",
  "v0.9.0",
  "latest",
  "v1",
  "1.3.0",
  "v01.2.3",
  "v1.2.0+build",
].map((name) => ({ name, commit }));

function registryOf(versions: Record<string, VersionStatus>): RegistryFile {
  return { schemaVersion: 1, versions };
}

function published(versions: readonly string[], more: Partial<PublishedPackage> = {}): PublishedPackage {
  const named = versions.map((version) => ({ name: `v${version}`, commit }));
  const branches = [{ name: "main", commit }];
  return { versions: publishedVersions(named), tags: named, branches, ...more };
}

function choose(text: string, versions: readonly string[], more: Partial<PublishedPackage> = {}) {
  return chooseRevision(published(versions, more), parseRef(text) as HubRef);
}

describe("publishedVersions", () => {
  it("takes tags of the form vX.Y.Z, newest first, and no others", () => {
    expect(publishedVersions(tags).map(({ version }) => version)).toEqual([
      "2.0.0-rc.1",
      "1.10.0",
      "1.2.0",
      "1.0.0",
      "0.9.0",
    ]);
  });
});

describe("chooseVersion", () => {
  const versions = publishedVersions(tags);
  it.each<[string | undefined, string | undefined]>([
    [undefined, "1.10.0"],
    ["^1.0", "1.10.0"],
    ["~1.2.0", "1.2.0"],
    ["1", "1.10.0"],
    ["v1.2.0", "1.2.0"],
    ["1.2.0", "1.2.0"],
    ["=1.2.0", "1.2.0"],
    ["<1", "0.9.0"],
    ["*", "1.10.0"],
    [">=2.0.0-0", "2.0.0-rc.1"],
    ["^2.0.0-beta", "2.0.0-rc.1"],
    ["2.0.0-rc.1", "2.0.0-rc.1"],
    [">=1.0.0-0", "1.10.0"],
    [">1", undefined],
    ["^3", undefined],
    ["main", undefined],
  ])("finds for %s the version %s", (range, version) => {
    expect(chooseVersion(versions, range)?.version).toBe(version);
  });

  it("finds nothing where there are only prereleases and no range", () => {
    expect(chooseVersion(publishedVersions([{ name: "v1.0.0-a", commit }]), undefined)).toBeUndefined();
  });

  it.each<[string | undefined, string | undefined]>([
    [undefined, "1.2.0"],
    ["^1", "1.2.0"],
    ["1.10.0", "1.10.0"],
    ["v1.10.0", "1.10.0"],
    ["=1.10.0", "1.10.0"],
    ["1.10.x", undefined],
    ["1.10.0 || 1.0.0", "1.0.0"],
    [">=1.10.0", undefined],
  ])("finds for %s the version %s where 1.10.0 is yanked", (range, version) => {
    const withYank = publishedVersions(tags, registryOf({ "1.10.0": { yanked } }));
    expect(chooseVersion(withYank, range)?.version).toBe(version);
  });

  it("finds a version that fits and is not yanked, and no newer one does", () => {
    const number = fc.integer({ min: 0, max: 3 });
    const version = fc
      .tuple(number, number, number, fc.constantFrom("", "", "-a", "-b.1"))
      .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre}`);
    const range = fc.tuple(fc.constantFrom("^", "~", ">=", "<", "<=", ">"), version).map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(version, fc.boolean()), { selector: ([text]) => text }),
        range,
        (all, text) => {
          const named = all.map(([name]) => ({ name: `v${name}`, commit }));
          const bad = all.filter(([, isBad]) => isBad).map(([name]): [string, VersionStatus] => [name, { yanked }]);
          const list = publishedVersions(named, registryOf(Object.fromEntries(bad)));
          const fitting = all.filter(([name, bad]) => !bad && satisfies(name, text)).map(([name]) => name);
          expect(chooseVersion(list, text)?.version).toBe(fitting.sort(compare).at(-1));
        },
      ),
    );
  });
});

describe("chooseRevision", () => {
  it.each([
    ["acme/x@main", [], "main"],
    ["acme/x@main", ["1.0.0"], "main"],
    ["acme/x@1.0.0", ["1.0.0"], "v1.0.0"],
  ])("leads %s, where %j is published, to %s", (text, versions, name) => {
    expect(choose(text, versions).resolved).toMatchObject({ name, commit });
  });

  it("takes a branch whose name reads as a range only where no version fits", () => {
    const branches = [{ name: "1.x", commit: "1".repeat(40) }];
    expect(choose("acme/x@1.x", ["1.4.0"], { branches }).resolved.version).toBe("1.4.0");
    expect(choose("acme/x@1.x", ["2.0.0"], { branches }).resolved).toMatchObject({ name: "1.x" });
  });

  it.each<[string, string[], string, string]>([
    ["acme/x", [], "VERSION_NONE", "no published version: name a revision, such as acme/x@main"],
    ["acme/x@^1", [], "VERSION_NOT_FOUND", 'neither a version nor a tag or branch "^1"'],
    [
      "acme/x",
      ["2.0.0-rc.1"],
      "VERSION_NOT_FOUND",
      "only prereleases, which are not chosen unless they are named, as in acme/x@2.0.0-rc.1",
    ],
    ["acme/x@^2", ["2.0.0-rc.1", "1.0.0"], "VERSION_NOT_FOUND", "no version fits but the prerelease 2.0.0-rc.1"],
    ["acme/x@^3", ["2.0.0"], "VERSION_NOT_FOUND", "no version fits. Published: 2.0.0"],
    ["acme/x@develop", ["2.0.0"], "VERSION_NOT_FOUND", 'no tag or branch "develop"'],
    ["acme/x@latest", ["2.0.0"], "VERSION_NOT_FOUND", 'without "@latest"'],
    ["acme/x@abc1234", ["2.0.0"], "VERSION_NOT_FOUND", "all of its 40 digits"],
  ])("says for %s, where %j is published, why there is nothing", (text, versions, code, words) => {
    expect(() => choose(text, versions)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words) }),
    );
  });

  it("says that everything that fits was yanked, why, and how to get it all the same", () => {
    const versions = publishedVersions([{ name: "v1.0.0", commit }], registryOf({ "1.0.0": { yanked } }));
    expect(() => choose("acme/x@^1", [], { versions })).toThrow(
      expect.objectContaining({
        code: "VERSION_YANKED",
        message: expect.stringMatching(/such as 1\.0\.0 \(leaks \[31m keys\).*acme\/x@1\.0\.0$/),
      }),
    );
  });

  it("warns of what was yanked or deprecated, on one line without commands to a terminal", () => {
    const note = { message: "too\nslow", use: "acme/y", at };
    const status = registryOf({ "1.0.0": { yanked, deprecated: note } });
    const versions = publishedVersions([{ name: "v1.0.0", commit }], status);
    const { warnings } = choose("acme/x@1.0.0", [], { versions, deprecated: note });
    expect(warnings.map(({ code, ref }) => [code, ref])).toEqual([
      ["VERSION_YANKED", "acme/x@1.0.0"],
      ["VERSION_DEPRECATED", "acme/x@1.0.0"],
      ["PACKAGE_DEPRECATED", "acme/x@1.0.0"],
    ]);
    expect(warnings.map(({ message }) => message)).toEqual([
      "acme/x 1.0.0 was yanked by its authors (leaks [31m keys): choose another version",
      "acme/x 1.0.0 is deprecated: too slow (use acme/y)",
      "acme/x is deprecated: too slow (use acme/y)",
    ]);
  });

  it("trusts no range where the registry cannot be read, and an exact version only with a warning", () => {
    const registryError = new PackageError("registry.json of acme/x cannot be read", { code: "REGISTRY_INVALID" });
    expect(() => choose("acme/x@^1", ["1.0.0"], { registryError })).toThrow("name one exactly");
    const { resolved, warnings } = choose("acme/x@1.0.0", ["1.0.0"], { registryError });
    expect([resolved.version, warnings[0]?.code]).toEqual(["1.0.0", "REGISTRY_UNREADABLE"]);
  });
});

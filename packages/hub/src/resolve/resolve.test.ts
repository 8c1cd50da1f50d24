import { describe, expect, it } from "vitest";
import { chooseVersion } from "./resolve.ts";
import { publishedVersions } from "./versions.ts";

const commit = "0".repeat(40);
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
    ["<1", "0.9.0"],
    ["*", "1.10.0"],
    [">=2.0.0-0", "2.0.0-rc.1"],
    ["2.0.0-rc.1", "2.0.0-rc.1"],
    ["^3", undefined],
    ["main", undefined],
  ])("finds for %s the version %s", (range, version) => {
    expect(chooseVersion(versions, range)?.version).toBe(version);
  });

  it("finds nothing where there are only prereleases and no range", () => {
    expect(chooseVersion(publishedVersions([{ name: "v1.0.0-a", commit }]), undefined)).toBeUndefined();
  });
});

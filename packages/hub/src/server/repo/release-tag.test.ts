import { expect, test } from "vitest";
import { isReleaseTag } from "./release-tag.ts";

test.each(["v1.2.3", "v0.0.1", "v10.20.30-rc.1", "v1.0.0+build.5"])("%s is a release", (tag) => {
  expect(isReleaseTag(tag)).toBe(true);
});

test.each(["1.2.3", "v1", "v1.2", "v1.2.3.4", "vv1.2.3", "v 1.2.3", "v01.2.3", "version", "V1.2.3", ""])(
  "%j is none",
  (tag) => {
    expect(isReleaseTag(tag)).toBe(false);
  },
);

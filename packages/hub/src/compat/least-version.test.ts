import { expect, it } from "vitest";
import type { Bump } from "./compatibility.ts";
import { leastVersion } from "./least-version.ts";

it.each<[string, Bump, string]>([
  ["1.2.3", "major", "2.0.0"],
  ["1.2.3", "minor", "1.3.0"],
  ["1.2.3", "patch", "1.2.4"],
  ["1.2.3", "none", "1.2.4"],
  ["0.2.3", "major", "0.3.0"],
  ["0.2.3", "minor", "0.2.4"],
  ["0.2.3", "patch", "0.2.4"],
  ["0.0.3", "major", "0.0.4"],
  ["0.0.3", "minor", "0.0.4"],
  ["1.2.3+build.7", "patch", "1.2.4"],
])("after %s, a %s change needs at least %s", (before, bump, least) => {
  expect(leastVersion(before, bump)).toBe(least);
});

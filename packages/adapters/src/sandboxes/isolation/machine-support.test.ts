import { expect, it } from "vitest";
import { explainFailure, unsupportedMachine } from "./machine-support.ts";

it.each([
  ["linux", "x64", "6.1.0-18-amd64"],
  ["linux", "arm64", "5.14.0-427.el9.aarch64"],
  ["linux", "x64", "10.0"],
])("supports %s on %s, version %s", (platform, architecture, release) => {
  expect(unsupportedMachine(platform, architecture, release)).toBeUndefined();
});

it.each([
  ["darwin", "arm64", "24.1.0", "namespaces, which Linux has and darwin has not"],
  ["win32", "x64", "10.0.22631", "namespaces, which Linux has and win32 has not"],
  ["linux", "riscv64", "6.12.0", "no filter of system calls for riscv64: there are filters for x64 and arm64"],
  ["linux", "x64", "5.10.0-28-amd64", "Linux 5.14 or later is needed"],
  ["linux", "x64", "4.18.0", "Linux 5.14 or later is needed"],
  ["linux", "x64", "unknown", "Linux 5.14 or later is needed"],
])("does not support %s on %s, version %s", (platform, architecture, release, reason) => {
  expect(unsupportedMachine(platform, architecture, release)).toContain(reason);
});

it("asks for a later bubblewrap where this one lacks an option", () => {
  const said = "bwrap: Unknown option --disable-userns";
  expect(explainFailure(said)).toBe(
    `bubblewrap cannot isolate programs on this machine (it says: ${said}): bubblewrap 0.8 or later is needed`,
  );
});

it("passes on what bubblewrap says otherwise, with a remedy", () => {
  const text = explainFailure("bwrap: setting up uid map: Permission denied");
  expect(text).toMatch(/^bubblewrap cannot isolate .*\(it says: bwrap: setting up uid map: Permission denied\): \w+/);
});

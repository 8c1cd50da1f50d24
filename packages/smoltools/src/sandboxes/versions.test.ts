import { expect, it } from "vitest";
import { packageVersion, programVersion } from "./versions.ts";

it("reads the version that a program tells", async () => {
  expect(await programVersion(process.execPath)).toBe(process.versions.node);
});

it.each<[what: string, program: string, args: string[]]>([
  ["is not there", "no-such-program-at-all", []],
  ["fails", process.execPath, ["--no-such-option"]],
  ["tells none", process.execPath, ["-p", "'hello'"]],
])("knows no version of a program that %s", async (_what, program, args) => {
  expect(await programVersion(program, args)).toBeUndefined();
});

it("knows the versions of packages that the adapters have, and of no others", async () => {
  expect(await packageVersion("quickjs-emscripten-core")).toMatch(/^\d+\.\d+\.\d+/);
  expect(await packageVersion("@no-such-scope/no-such-package")).toBeUndefined();
});

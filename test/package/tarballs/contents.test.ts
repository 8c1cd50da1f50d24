import { describe, expect, inject, it } from "vitest";
import { packedFiles } from "../../../scripts/release/packed-files.ts";
import { lintPackage } from "../../../scripts/release/lint-package.ts";

const { packed } = inject("consumers");

describe.each(packed)("the tarball of $name", (one) => {
  it("holds the build, the licence, a page that explains it, and nothing else", async () => {
    const { paths } = await packedFiles(one);
    const build = /^dist\/(?!.*(?:\.test\.|\/test-[^/]+\/)).+\.(?:js|d\.ts|py|json)$/;
    expect(paths.filter((path) => !build.test(path))).toEqual(["LICENSE", "README.md", "package.json"]);
  });

  it("is found right by publint and arethetypeswrong", async () => {
    expect(await lintPackage(one, await packedFiles(one))).toEqual([]);
  });

  it("needs packages of exact versions, and Node.js 20.19 or later", async () => {
    const { manifest } = await packedFiles(one);
    const { dependencies, engines } = manifest as { dependencies: Record<string, string>; engines: unknown };
    expect(Object.values(dependencies).filter((range) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
    expect(engines).toEqual({ node: ">=20.19" });
  });

  it("leads to no file that it does not hold, and to no source", async () => {
    const { paths, manifest } = await packedFiles(one);
    const targets = JSON.stringify([manifest["exports"], manifest["bin"] ?? {}]).match(/\.\/[^"]+\.(?:js|ts)/g) ?? [];
    expect(targets.filter((target) => !paths.includes(target.slice(2)))).toEqual([]);
    expect(targets.every((target) => target.startsWith("./dist/"))).toBe(true);
  });
});

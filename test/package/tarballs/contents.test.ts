import { describe, expect, inject, it } from "vitest";
import { packedFiles } from "../../../scripts/release/packed-files.ts";
import { lintPackage } from "../../../scripts/release/lint-package.ts";

const { packed } = inject("consumers");

/** What is no JavaScript, or goes into packages as text, is read from where it is written. */
const read = [
  "src/convert/runtime/",
  "src/pack/python/templates/",
  "src/sandboxes/pyodide/guest/",
  "src/sandboxes/python/guest/",
];

describe.each(packed)("the tarball of $name", (one) => {
  it("holds the build, what it reads, the licence, a page that explains it, and nothing else", async () => {
    const { paths } = await packedFiles(one);
    const build = /^dist\/(?!.*(?:\.test\.|\/test-[^/]+\/)).+\.(?:js|d\.ts)$/;
    const others = paths.filter((path) => !build.test(path) && !read.some((place) => path.startsWith(place)));
    expect(others).toEqual(["LICENSE", "README.md", "package.json"]);
  });

  it("holds the programs of other languages, and the text, that its code reads while it runs", async () => {
    const { paths, text } = await packedFiles(one);
    const named = paths
      .filter((path) => path.endsWith(".js"))
      .flatMap((path) =>
        [...text(path).matchAll(/new URL\("((?:\.\.\/)+src\/[^"]+)"/g)].map(([, place = ""]) => place),
      );
    const places = named.map((place) => place.replace(/^(?:\.\.\/)+/, "").replace(/\/$/, ""));
    expect(places.filter((place) => !paths.some((path) => path === place || path.startsWith(`${place}/`)))).toEqual([]);
    expect(paths.filter((path) => path.startsWith("src/") && !places.some((place) => path.startsWith(place)))).toEqual(
      [],
    );
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

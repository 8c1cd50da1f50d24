import { build, type BuildOptions } from "esbuild";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { packedFiles } from "../../../scripts/release/packed-files.ts";
import { specifierOf } from "../../../scripts/release/workspace-packages.ts";

const { packed, umbrella, everything } = inject("consumers");
const specifiers = packed.flatMap(({ name, subpaths }) => subpaths.map((subpath) => specifierOf(name, subpath)));

/** What pages may import besides core. */
const inBrowsers = [
  "@smoltools/core/testing",
  ...["openai", "anthropic", "gemini", "openapi", "langchain", "ai-sdk"].map((name) => `@smoltools/adapters/${name}`),
  ...["openai", "ai-sdk", "router"].map((name) => `@smoltools/adapters/models/${name}`),
  "@smoltools/adapters/tracing/opentelemetry",
];

/** The optional libraries stay outside: they are not installed. */
let external: string[];
beforeAll(async () => {
  const manifests = await Promise.all(packed.map(async (one) => (await packedFiles(one)).manifest));
  const names = manifests.flatMap(({ peerDependencies = {} }) => Object.keys(peerDependencies as object));
  external = names.flatMap((name) => [name, `${name}/*`]);
});

/** Bundles a module of a project that has installed the packages. */
async function bundle(contents: string, resolveDir: string, options: BuildOptions) {
  const settings = { bundle: true, minify: true, logLevel: "silent", format: "esm", ...options } as const;
  const { outputFiles, metafile } = await build({
    ...settings,
    stdin: { contents, resolveDir },
    write: false,
    metafile: true,
  });
  return {
    text: outputFiles[0]?.text ?? "",
    imports: Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path)),
  };
}

const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length;

describe("a bundle", () => {
  it("of core for browsers is below 60 kB, compressed, and imports nothing", async () => {
    const { text, imports } = await bundle('export * from "@smoltools/core"', umbrella, { platform: "browser" });
    process.stdout.write(`@smoltools/core: ${text.length} bytes, ${gzipped(text)} compressed\n`);
    expect(gzipped(text)).toBeLessThan(60_000);
    expect(imports).toEqual([]);
  });

  it("of one function of core holds a small part of it", async () => {
    const { text } = await bundle('export { canonicalJson } from "@smoltools/core"', umbrella, { platform: "browser" });
    expect(gzipped(text)).toBeLessThan(3_000);
  });

  it.each(inBrowsers)("of %s is for browsers, too", async (specifier) => {
    const { imports } = await bundle(`export * from "${specifier}"`, umbrella, { platform: "browser", external });
    expect(imports.filter((path) => !external.some((name) => path.startsWith(name.replace("/*", ""))))).toEqual([]);
  });

  // That importing them does nothing is shown by running it, in imports.test.ts.
  it.each(specifiers)("of %s is empty where nothing of it is used", async (specifier) => {
    const { text } = await bundle(`import "${specifier}"`, everything, { platform: "node", external });
    expect(text).toBe("");
  });
});

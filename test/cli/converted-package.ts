import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import type { Tool } from "@smoltools/core";
import { type LoadOptions, loadPackage, type Manifest } from "@smoltools/hub";
import { hubDefaults } from "smoltools";
import { convertedProject } from "../../packages/cli/src/convert/project/converted-project.ts";
import type { Conversion } from "../../packages/cli/src/convert/conversion.ts";
import type { ConvertOptions } from "../../packages/cli/src/convert/convert-options.ts";
import { buildPackage } from "../../packages/cli/src/package/build-package.ts";
import { writePackage } from "../../packages/cli/src/package/write-package.ts";

const sandbox = quickjs();

/** A conversion that was built. */
export interface ConvertedPackage extends AsyncDisposable {
  /** Folder of the project. */
  project: string;
  /** Folder of the package. */
  path: string;
  manifest: Manifest;
}

/** What readers are told where a test says nothing else. */
export function convertOptions(more: Partial<ConvertOptions> = {}): ConvertOptions {
  return { signal: new AbortController().signal, environment: {}, env: [], timeoutMs: 20_000, ...more };
}

/** Writes a conversion as a project, and builds it as `smoltools build` does. */
export async function builtConversion(conversion: Conversion): Promise<ConvertedPackage> {
  const project = await mkdtemp(join(tmpdir(), "smoltools-converted-"));
  const choices = {
    name: "acme/converted",
    folder: project,
    version: "1.0.0",
    license: "MIT",
    convertedWith: {},
    smoltools: "0.0.0",
  };
  for (const [path, text] of Object.entries(convertedProject(conversion, choices))) {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), text);
  }
  const { packed } = await buildPackage(join(project, "src/tools.js"), { name: "acme/converted", sandbox });
  const path = join(project, "package");
  await writePackage(path, packed.files);
  return {
    project,
    path,
    manifest: packed.manifest,
    [Symbol.asyncDispose]: () => rm(project, { recursive: true, force: true }),
  };
}

/** The tools of a package, which run in QuickJS. */
export async function loadedTools(
  path: string,
  options: Partial<LoadOptions> = {},
): Promise<
  {
    call: (name: string, input?: object, signal?: AbortSignal) => Promise<unknown>;
    get: (name: string) => Tool | undefined;
  } & AsyncDisposable
> {
  // prettier-ignore
  const loaded = await loadPackage(path, { ...hubDefaults({ permissions: "declared", ...options }, {}), sandbox });
  const get = (name: string): Tool | undefined => loaded.tools.find((tool) => tool.name === name);
  return {
    get,
    call: async (name, input = {}, signal) => get(name)?.call(input, signal && { signal }),
    [Symbol.asyncDispose]: () => loaded[Symbol.asyncDispose](),
  };
}

import { mkdtemp, rm } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { errorMessage } from "@smoltools/core";
import { build, type Plugin } from "esbuild";
import { ConvertError } from "../convert-error.ts";
import type { ModuleTarget } from "./module-target.ts";

/** A module that Node.js can load, whatever it was written in. */
export interface LoadableModule extends AsyncDisposable {
  /** It exports the module as `module`. */
  path: string;
  /** Absolute path of the file that the target is. */
  resolved: string;
}

const builtins = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);
const asked = Symbol("asked");

/**
 * Makes a module that loads another one: packages are found from the working directory, and TypeScript, with what it
 * imports of its own, becomes JavaScript. Packages stay where they are, as do files of JavaScript.
 *
 * @throws ConvertError `CONVERT_SOURCE_UNREACHABLE` when there is no such module, or it cannot be read.
 */
export async function loadableModule({ specifier, file }: ModuleTarget): Promise<LoadableModule> {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-convert-"));
  const end = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, "module.mjs");
  let resolved = file ?? "";
  try {
    const target = file ?? specifier;
    await build({
      stdin: {
        contents: `import * as module from ${JSON.stringify(target)}; export { module };`,
        resolveDir: process.cwd(),
      },
      outfile: path,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      plugins: [outside((found, wanted) => (wanted === target ? (resolved = found) : undefined))],
      logLevel: "silent",
    });
  } catch (error) {
    await end();
    throw unreachable(specifier, error);
  }
  return { path, resolved, [Symbol.asyncDispose]: end };
}

/** Leaves what Node.js can load itself where it is, by its address. */
function outside(onResolved: (path: string, specifier: string) => void): Plugin {
  return {
    name: "outside",
    setup(builder) {
      builder.onResolve({ filter: /.*/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === asked || kind === "entry-point") return undefined;
        if (builtins.has(path)) return { path, external: true };
        const found = await builder.resolve(path, { importer, resolveDir, kind, pluginData: asked });
        if (found.errors.length > 0) return { errors: found.errors };
        onResolved(found.path, path);
        if (/\.(?:[cm]?tsx?|jsx)$/.test(found.path) && !/[/\\]node_modules[/\\]/.test(found.path)) return found;
        return { path: pathToFileURL(found.path).href, external: true };
      });
    },
  };
}

function unreachable(specifier: string, error: unknown): ConvertError {
  const { errors } = error as { errors?: { text: string; location: { file: string; line: number } | null }[] };
  const [first] = errors ?? [];
  const where =
    first?.location && first.location.file !== "<stdin>" ? `${first.location.file}:${first.location.line} ` : "";
  const why = first ? `${where}${first.text}` : errorMessage(error);
  return new ConvertError(
    `${specifier} cannot be read: ${why}. Name a file as ./tool.ts, or a package that is installed here`,
    { code: "CONVERT_SOURCE_UNREACHABLE", data: { source: specifier }, cause: error },
  );
}

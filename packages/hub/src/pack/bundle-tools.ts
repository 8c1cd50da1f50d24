import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { errorMessage } from "@smoltools/core";
import type { Metafile } from "esbuild";
import { importOptional } from "../errors/import-optional.ts";
import { PackageError } from "../errors/package-error.ts";
import { packageLimits } from "../manifest/package-limits.ts";
import { tooLarge } from "../manifest/check-files.ts";
import { entrySource, type RuntimeSpecifiers } from "./entry-source.ts";
import { nodeModules } from "./node-modules.ts";
import type { SourceTool } from "./tool-call.ts";

/** What a bundle is made of. */
export interface BundleOptions {
  /** Absolute path of the author's source file. */
  sourceFile: string;
  tools: readonly SourceTool[];
  /**
   * Take the parts of libraries that are meant for browsers, where they have some: they need no modules of Node.js, but
   * may need what only browsers have. @default false
   */
  forBrowsers?: boolean;
}

const entryName = "smoltools-entry.js";

/** A bundled package. */
export interface Bundle {
  /** The ES module, with all dependencies inside. */
  code: string;
  /** Modules of Node.js that it imports: it then needs Node.js to run. */
  nodeModules: string[];
  /** The author's own files that are in it, dependencies left out; absolute paths, sorted. */
  sources: string[];
}

/**
 * Bundles a source file and its npm dependencies into one ES module.
 *
 * The same sources and dependencies give the same bytes, wherever they lie: no path and no time gets into the code.
 *
 * @throws PackageError `BUNDLE_FAILED` with the places that esbuild names; `PACKAGE_TOO_LARGE`.
 */
export async function bundleTools({ sourceFile, tools, forBrowsers = false }: BundleOptions): Promise<Bundle> {
  const esbuild = await importOptional("esbuild", () => import("esbuild"));
  const folder = dirname(sourceFile);
  const result = await esbuild
    .build({
      stdin: {
        contents: entrySource(tools, `./${basename(sourceFile)}`, runtimeFiles()),
        resolveDir: folder,
        sourcefile: entryName,
        loader: "js",
      },
      absWorkingDir: folder,
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      // What both QuickJS and Node.js 20 understand.
      target: "es2022",
      platform: forBrowsers ? "browser" : "neutral",
      mainFields: [...(forBrowsers ? ["browser"] : []), "module", "main"],
      conditions: [...(forBrowsers ? ["browser"] : []), "import", "module", "default"],
      plugins: [nodeModules],
      charset: "utf8",
      // White space goes so that esbuild's comments, which name paths, go with it; names stay readable.
      minifyWhitespace: true,
      keepNames: true,
      legalComments: "none",
      define: { "process.env.NODE_ENV": '"production"' },
      logLevel: "silent",
    })
    .catch((error: unknown) => {
      throw bundleFailed(error, sourceFile);
    });
  const code = result.outputFiles[0]?.text ?? "";
  const size = Buffer.byteLength(code);
  if (size > packageLimits.maxFileBytes)
    throw tooLarge(`The bundle of ${basename(sourceFile)}`, size, packageLimits.maxFileBytes);
  const imports = Object.values(result.metafile.outputs).flatMap((output) => output.imports);
  const needed = imports.filter(({ external }) => external).map(({ path }) => path);
  return { code, nodeModules: [...new Set(needed)].sort(), sources: ownSources(result.metafile, folder) };
}

function ownSources(metafile: Metafile, folder: string): string[] {
  const ours = new Set<string>(Object.values(runtimeFiles()));
  const own = Object.keys(metafile.inputs).filter(
    (path) => !/(?:^|\/)node_modules\//.test(path) && !path.includes(":"),
  );
  return own
    .map((path) => resolve(folder, path))
    .filter((path) => basename(path) !== entryName && !ours.has(path))
    .sort();
}

function runtimeFiles(): RuntimeSpecifiers {
  const file = (name: string): string => {
    const compiled = fileURLToPath(new URL(`./runtime/${name}.js`, import.meta.url));
    return existsSync(compiled) ? compiled : fileURLToPath(new URL(`./runtime/${name}.ts`, import.meta.url));
  };
  return { codec: file("codec"), collect: file("collect"), "bind-method": file("bind-method") };
}

interface EsbuildFailure {
  errors: { text: string; location: { file: string; line: number; column: number } | null }[];
}

function bundleFailed(error: unknown, sourceFile: string): PackageError {
  const { errors } = error as Partial<EsbuildFailure>;
  const lines = (errors ?? []).slice(0, 5).map(({ text, location }) => {
    return location ? `${location.file}:${location.line}:${location.column + 1} ${text}` : text;
  });
  const why = lines.length > 0 ? `\n${lines.join("\n")}` : ` ${errorMessage(error)}`;
  return new PackageError(`${basename(sourceFile)} cannot be bundled:${why}\nAre its dependencies installed?`, {
    code: "BUNDLE_FAILED",
    data: { file: basename(sourceFile), errors: lines },
    cause: error,
  });
}

import { readFile } from "node:fs/promises";
import { basename, dirname, relative, resolve } from "node:path";
import { errorMessage, type SandboxProvider } from "@smoltools/core";
import { bundleTools, PackageError, packPackage, type PackedPackage, type SourceTool } from "@smoltools/hub";
import { deriveFileOrThrow, type Problem } from "../derive/index.ts";
import { readProjectFiles } from "./project-files.ts";

/** What the command line says about a package; what it leaves out comes from the files beside the source. */
export interface BuildOptions {
  /** `owner/name`. */
  name: string;
  version?: string | undefined;
  description?: string | undefined;
  license?: string | undefined;
  /** Where the bundle is tried out. */
  sandbox: SandboxProvider;
  signal?: AbortSignal;
}

/** A package that was made from a source file. */
export interface BuiltPackage {
  packed: PackedPackage;
  /** What the derivation would like to be better. */
  warnings: Problem[];
  /** Size of the bundle in bytes. */
  bundleBytes: number;
}

/**
 * Makes a package of a source file: derives what its exported functions declare, bundles them with their
 * dependencies, and tries the bundle out in the sandbox.
 *
 * @throws DeriveError with every problem of the file; PackageError `BUNDLE_FAILED`, `RUNTIME_UNSUPPORTED`.
 */
export async function buildPackage(file: string, options: BuildOptions): Promise<BuiltPackage> {
  const sourceFile = resolve(file);
  const derived = await deriveFileOrThrow(sourceFile);
  const project = await readProjectFiles(sourceFile);
  const tools: SourceTool[] = derived.tools.map(
    ({ exportName, name, description, inputSchema, outputSchema, call, annotations }) => ({
      exportName,
      name,
      description,
      inputSchema,
      ...(outputSchema !== undefined && { outputSchema }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      call,
    }),
  );
  const bundle = await bundleTools({ sourceFile, tools });
  if (bundle.nodeModules.length > 0) throw needsNode(file, bundle.nodeModules);
  await tryOut(bundle.code, tools, options);
  const packed = packPackage({
    name: options.name,
    version: options.version ?? project.version ?? "0.1.0",
    description: options.description ?? project.description ?? tools[0]?.description ?? options.name,
    ...license(options.license ?? project.license),
    ...(project.keywords && { keywords: project.keywords }),
    tools,
    permissions: mergePermissions(derived.tools.map(({ permissions }) => permissions)),
    runtime: "js",
    code: bundle.code,
    sources: await readSources(bundle.sources, sourceFile),
    ...(project.readme !== undefined && { readme: project.readme }),
  });
  return { packed, warnings: derived.warnings, bundleBytes: Buffer.byteLength(bundle.code) };
}

function license(value: string | undefined): { license?: string } {
  return value === undefined ? {} : { license: value };
}

type Declared = { net: string[]; env: string[]; read: string[]; write: string[]; run: string[] };

function mergePermissions(all: Declared[]): Declared {
  const merge = (kind: keyof Declared) => all.flatMap((permissions) => permissions[kind]);
  return { net: merge("net"), env: merge("env"), read: merge("read"), write: merge("write"), run: merge("run") };
}

/** Loads the bundle where it will run: what it needs and does not get is found by its author, not by its users. */
async function tryOut(
  code: string,
  tools: readonly SourceTool[],
  { sandbox: provider, signal }: BuildOptions,
): Promise<void> {
  await using sandbox = await provider.create({ modules: { package: code } });
  const names = tools.map(({ name }) => name);
  const script = `const { tools } = await import("package"); return ${JSON.stringify(names)}.filter((name) => typeof tools[name] !== "function")`;
  const { error, value } = await sandbox.run(script, signal ? { signal } : {});
  if (!error && Array.isArray(value) && value.length === 0) return;
  const why = error ? `${error.name}: ${error.message}` : `it does not export ${errorMessage(value)}`;
  throw new PackageError(`The bundle does not load in the ${provider.name} sandbox: ${why}`, {
    code: "RUNTIME_UNSUPPORTED",
    data: { sandbox: provider.name },
  });
}

/** The author's files by their path below the folder that holds them all. */
async function readSources(files: readonly string[], sourceFile: string): Promise<Record<string, string>> {
  let root = dirname(sourceFile);
  while (!files.every((path) => path.startsWith(`${root}/`)) && root !== dirname(root)) root = dirname(root);
  const entries = files.map(async (path): Promise<[string, string]> => [
    relative(root, path).replaceAll("\\", "/"),
    await readFile(path, "utf8"),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

function needsNode(file: string, modules: readonly string[]): PackageError {
  return new PackageError(
    `${basename(file)} needs ${modules.join(", ")} of Node.js, which the sandbox of tools does not have. Take a library ` +
      "that runs in browsers, or fetch what you need",
    { code: "RUNTIME_UNSUPPORTED", data: { modules } },
  );
}

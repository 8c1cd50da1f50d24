import { readFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import {
  type ManifestSource,
  PackageError,
  packPackage,
  type PackedPackage,
  sourceCommand,
  type SourceTool,
  sourceVariables,
  type SpaceSdk,
  type ToolExample,
} from "@smoltools/hub";
import { type DerivedTool, type DeriveResult, deriveFileOrThrow, type Problem } from "../derive/index.ts";
import { buildPythonPackage } from "./build-python-package.ts";
import { packageFacts } from "./package-facts.ts";
import { readProjectFiles } from "../project/project-files.ts";
import { runnableBundle } from "./runnable-bundle.ts";
import type { TryOutOptions } from "./try-out.ts";

/** What the command line says about a package; what it leaves out comes from the files beside the source. */
export interface BuildOptions extends TryOutOptions {
  /** `owner/name`. */
  name: string;
  version?: string | undefined;
  description?: string | undefined;
  license?: string | undefined;
  /** Tells what a version brings. */
  notes?: ((version: string) => Promise<string | undefined>) | undefined;
  /** What its Space shows. @default "static" */
  sdk?: SpaceSdk | undefined;
  /** What was derived from the file already, without problems. */
  derived?: DeriveResult | undefined;
}

/** A package that was made from a source file. */
export interface BuiltPackage {
  packed: PackedPackage;
  /** What the derivation would like to be better. */
  warnings: Problem[];
  /** Size of the bundle in bytes. */
  bundleBytes: number;
  /** What was derived; empty for Python. */
  derived: DerivedTool[];
  /** The author's own files that are in it; absolute paths. */
  sources: string[];
}

/**
 * Makes a package of a source file: derives what its exported functions declare, bundles them with their
 * dependencies, and tries the bundle out in a sandbox. A file of Python goes into its package as it is.
 *
 * @throws DeriveError with every problem of the file; PackageError `BUNDLE_FAILED`, `RUNTIME_UNSUPPORTED`,
 *   `TOOL_FILE_INVALID`.
 */
export async function buildPackage(file: string, options: BuildOptions): Promise<BuiltPackage> {
  if (file.endsWith(".py")) return buildPythonPackage(file, options);
  const sourceFile = resolve(file);
  const derived = options.derived ?? (await deriveFileOrThrow(sourceFile));
  if (derived.tools.length === 0) throw noTools(file);
  const project = await readProjectFiles(sourceFile);
  const tools: SourceTool[] = derived.tools.map(
    ({ exportName, name, description, inputSchema, outputSchema, call, annotations, exampleCalls }) => ({
      exportName,
      name,
      description,
      inputSchema,
      ...(outputSchema !== undefined && { outputSchema }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(exampleCalls.length > 0 && { examples: exampleCalls.map(toolExample) }),
      call,
    }),
  );
  const { bundle, runtime } = await runnableBundle({ sourceFile, tools }, options);
  const packed = packPackage({
    ...(await packageFacts(project, options, tools)),
    tools,
    permissions: mergePermissions([
      ...derived.tools.map(({ permissions }) => permissions),
      ...sourcePermissions(project.convertedFrom),
    ]),
    ...(project.convertedFrom && { source: project.convertedFrom }),
    runtime,
    code: bundle.code,
    sources: await readSources(bundle.sources, sourceFile),
  });
  return {
    packed,
    warnings: derived.warnings,
    bundleBytes: Buffer.byteLength(bundle.code),
    derived: derived.tools,
    sources: bundle.sources,
  };
}

function noTools(file: string): PackageError {
  return new PackageError(`${file} exports no tool: export a function with a comment that says what it does`, {
    code: "TOOL_NOT_FOUND",
    data: { file },
  });
}

function toolExample({ input, output }: DerivedTool["exampleCalls"][number]): ToolExample {
  return { input, ...(output !== undefined && { output }) };
}

/** A program that the tools are calls of is started with these variables, by whoever granted both. */
function sourcePermissions(source: ManifestSource | undefined): Declared[] {
  const started = sourceCommand(source);
  if (started === undefined) return [];
  return [{ net: [], env: [...sourceVariables(source)], read: [], write: [], run: [started] }];
}

type Declared = { net: string[]; env: string[]; read: string[]; write: string[]; run: string[] };

function mergePermissions(all: Declared[]): Declared {
  const merge = (kind: keyof Declared) => all.flatMap((permissions) => permissions[kind]);
  return { net: merge("net"), env: merge("env"), read: merge("read"), write: merge("write"), run: merge("run") };
}

/** The author's files by their path below the folder that holds them all. */
async function readSources(files: readonly string[], sourceFile: string): Promise<Record<string, string>> {
  let root = dirname(sourceFile);
  while (!files.every((path) => path.startsWith(root + sep)) && root !== dirname(root)) root = dirname(root);
  const entries = files.map(async (path): Promise<[string, string]> => [
    relative(root, path).replaceAll("\\", "/"),
    await readFile(path, "utf8"),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

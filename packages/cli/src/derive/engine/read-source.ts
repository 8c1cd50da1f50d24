import type { ts } from "ts-morph";
import { compilerOptions } from "./compiler/compiler-options.ts";
import { noteLibraryDoubts } from "./types/library-doubts.ts";
import { fullLibrary, type Library, minimalLibrary } from "./compiler/libraries.ts";
import { loadTypeScript, type TypeScript } from "./compiler/load-typescript.ts";
import { moduleResolver } from "./compiler/module-resolver.ts";
import type { ModuleView } from "./port.ts";
import { readModule } from "./exports/read-module.ts";
import { sourceHost, type Sources } from "./compiler/source-host.ts";
import { TypeReader } from "./types/type-reader.ts";

/** Which declarations of the standard library to read a source with. */
export type LibraryChoice = "auto" | "minimal" | "full";

/** Options of {@link readSource}. */
export interface ReadSourceOptions<Result> {
  /** Texts by absolute path, `/` between the parts; they hide files on the disk. */
  texts: ReadonlyMap<string, string>;
  /** `auto` takes the minimal one, and the full one where the minimal one may not be enough. */
  library: LibraryChoice;
  /** Makes something of what was read. Called a second time when the first was in vain. */
  use: (module: ModuleView) => Result;
  /** True for a result that may be owed to the minimal library alone. */
  isDoubtful: (result: Result) => boolean;
}

/**
 * Reads a source file and what it imports.
 *
 * @param path - Absolute, `/` between the parts.
 */
export async function readSource<Result>(path: string, options: ReadSourceOptions<Result>): Promise<Result> {
  const ts = await loadTypeScript();
  const sources: Sources = { root: path, texts: options.texts, parsed: new Map() };
  if (options.library !== "full") {
    const attempt = openSource(ts, sources, minimalLibrary(ts));
    const result = options.use(attempt.module);
    const isEnough = attempt.reader.doubts.size === 0 && !options.isDoubtful(result);
    if (isEnough || options.library === "minimal") return result;
  }
  return options.use(openSource(ts, sources, await fullLibrary()).module);
}

function openSource(ts: TypeScript, sources: Sources, library: Library): { module: ModuleView; reader: TypeReader } {
  const options = compilerOptions(ts, library);
  const host = sourceHost(ts, library, sources);
  const isMinimal = library.types.length === 0;
  host.resolveModuleNameLiterals = moduleResolver(ts, options, host, isMinimal);
  const program = ts.createProgram({ rootNames: [sources.root], options, host });
  const reader = new TypeReader(ts, program, library.directory);
  const file = program.getSourceFile(sources.root);
  if (!file) throw new TypeError(`${sources.root} is not part of its own program`);
  if (isMinimal) for (const source of usersFiles(program, library)) noteLibraryDoubts(source, reader);
  return { module: readModule(file, program, reader), reader };
}

function usersFiles(program: ts.Program, library: Library): ts.SourceFile[] {
  return program
    .getSourceFiles()
    .filter(({ fileName }) => !library.files.has(fileName) && !fileName.includes("/node_modules/"));
}

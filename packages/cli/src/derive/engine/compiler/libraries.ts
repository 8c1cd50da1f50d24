import { minLib } from "./min-lib.ts";
import type { ts } from "ts-morph";
import type { TypeScript } from "./load-typescript.ts";

/** Declarations of the standard library, parsed, by path. */
export interface Library {
  /** Directory that the compiler looks for them in. */
  readonly directory: string;
  /** The value of the compiler option `lib`. */
  readonly names: readonly string[];
  readonly files: ReadonlyMap<string, ts.SourceFile>;
  /** Packages with ambient types to include where the user has installed them. */
  readonly types: readonly string[];
}

let minimal: Library | undefined;
let full: Promise<Library> | undefined;

/** The declarations of {@link minLib}. */
export function minimalLibrary(ts: TypeScript): Library {
  if (minimal) return minimal;
  const directory = "/smoltools-lib";
  const name = "lib.min.d.ts";
  const path = `${directory}/${name}`;
  const file = ts.createSourceFile(path, minLib, ts.ScriptTarget.ES2022);
  minimal = { directory, names: [name], files: new Map([[path, file]]), types: [] };
  return minimal;
}

/**
 * The compiler's own declarations of JavaScript's and the web's globals; Node's come from the user's `@types/node`.
 *
 * ts-morph keeps them as texts of its own: a program over an empty project hands them out, parsed. About 400 ms.
 */
export function fullLibrary(): Promise<Library> {
  full ??= readFullLibrary();
  return full;
}

async function readFullLibrary(): Promise<Library> {
  const { Project } = await import("ts-morph");
  const names = ["lib.esnext.full.d.ts"];
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { lib: names, types: [] } });
  const empty = project.createSourceFile("/empty.ts", "export {};").getFilePath();
  const files = new Map<string, ts.SourceFile>();
  for (const file of project.getProgram().compilerObject.getSourceFiles()) {
    if (file.fileName !== empty) files.set(file.fileName, file);
  }
  const [first = ""] = files.keys();
  return { directory: first.slice(0, first.lastIndexOf("/")), names, files, types: ["node"] };
}

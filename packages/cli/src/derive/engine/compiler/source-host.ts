import type { ts } from "ts-morph";
import type { Library } from "./libraries.ts";
import type { TypeScript } from "./load-typescript.ts";
import { maskConstraintTags } from "./mask-constraint-tags.ts";

/** Parsed files with their texts, by path: they are the same whichever library they are checked with. */
type ParsedFiles = Map<string, { text: string; file: ts.SourceFile }>;

/** Declarations of packages, which are large and change only when something is installed. */
const packageFiles: ParsedFiles = new Map();

/** What the compiler reads its files from. */
export interface Sources {
  /** The file that is derived, absolute, with `/` between the parts as all paths here. */
  readonly root: string;
  /** Texts by path; they hide files on the disk. */
  readonly texts: ReadonlyMap<string, string>;
  /** The files that were parsed for an earlier program over the same sources. */
  readonly parsed: ParsedFiles;
}

/** Answers the compiler's questions about files: texts at hand first, then the library, then the disk. */
export function sourceHost(ts: TypeScript, library: Library, { root, texts, parsed }: Sources): ts.CompilerHost {
  const { sys } = ts;
  const readFile = (path: string): string | undefined => texts.get(path) ?? sys.readFile(path);
  return {
    readFile,
    fileExists: (path) => texts.has(path) || library.files.has(path) || sys.fileExists(path),
    directoryExists: (path) => [...texts.keys()].some((text) => isInside(text, path)) || sys.directoryExists(path),
    getDirectories: (path) => sys.getDirectories(path),
    ...(sys.realpath ? { realpath: (path: string) => (texts.has(path) ? path : (sys.realpath?.(path) ?? path)) } : {}),
    getSourceFile(path, options) {
      const ofLibrary = library.files.get(path);
      if (ofLibrary) return ofLibrary;
      const text = readFile(path);
      if (text === undefined) return undefined;
      const files = path.includes("/node_modules/") ? packageFiles : parsed;
      const known = files.get(path);
      if (known?.text === text) return known.file;
      const file = ts.createSourceFile(path, maskConstraintTags(ts, path, text), options);
      files.set(path, { text, file });
      return file;
    },
    getDefaultLibLocation: () => library.directory,
    getDefaultLibFileName: () => `${library.directory}/${library.names[0] ?? ""}`,
    // Ambient types are those that are installed where the source lies.
    getCurrentDirectory: () => root.slice(0, root.lastIndexOf("/")) || "/",
    getCanonicalFileName: (path) => (sys.useCaseSensitiveFileNames ? path : path.toLowerCase()),
    useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
    getNewLine: () => "\n",
    writeFile: () => undefined,
  };
}

function isInside(file: string, directory: string): boolean {
  return file.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}

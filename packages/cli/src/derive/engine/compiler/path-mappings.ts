import type { ts } from "ts-morph";
import type { TypeScript } from "./load-typescript.ts";

/**
 * How the `tsconfig.json` of a file maps names of imports to files: `paths` and `baseUrl`, which bundlers follow too.
 *
 * Nothing else of it is taken, so that a schema does not depend on what else is in a project; a configuration that
 * cannot be read maps nothing.
 */
export class PathMappings {
  readonly #ts: TypeScript;
  readonly #options: ts.CompilerOptions;
  readonly #host: ts.CompilerHost;
  /** By folder. */
  readonly #known = new Map<string, ts.CompilerOptions>();

  constructor(ts: TypeScript, options: ts.CompilerOptions, host: ts.CompilerHost) {
    this.#ts = ts;
    this.#options = options;
    this.#host = host;
  }

  /** The options to resolve a file's imports with: the same object where nothing is mapped. */
  optionsFor(file: string): ts.CompilerOptions {
    const folder = file.slice(0, file.lastIndexOf("/"));
    const known = this.#known.get(folder) ?? this.#read(folder);
    this.#known.set(folder, known);
    return known;
  }

  #read(folder: string): ts.CompilerOptions {
    const { fileExists, readFile } = this.#host;
    const config = this.#ts.findConfigFile(folder, fileExists);
    if (config === undefined) return this.#options;
    const { paths, baseUrl, pathsBasePath } = this.#parse(config, readFile);
    if (!paths && baseUrl === undefined) return this.#options;
    return {
      ...this.#options,
      ...(paths && { paths, pathsBasePath }),
      ...(baseUrl !== undefined && { baseUrl }),
    };
  }

  #parse(config: string, readFile: ts.CompilerHost["readFile"]): ts.CompilerOptions {
    const ts = this.#ts;
    const text = readFile(config);
    if (text === undefined) return {};
    const parsed = ts.parseJsonText(config, text);
    const base = config.slice(0, config.lastIndexOf("/"));
    // Which files a project has is of no interest: a folder of any size may lie below it.
    const host: ts.ParseConfigHost = {
      useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
      fileExists: this.#host.fileExists,
      readFile,
      readDirectory: () => [],
    };
    return ts.parseJsonSourceFileConfigFileContent(parsed, host, base, undefined, config).options;
  }
}

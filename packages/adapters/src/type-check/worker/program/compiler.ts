import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ChildProcess } from "node:child_process";
import { sandboxGlobals } from "./sandbox-globals.ts";
import { standardLibrary } from "./standard-library.ts";
import { API, type FileSystem, type Project, type Snapshot } from "../typescript.ts";

/** Virtual folders: nothing of them is on disk. */
const root = "/smoltools";

const libraryFolder = `${root}/library`;

/**
 * What is certain without the options of `strict`: `null` may stand for anything, parameters need no types. Only
 * `noImplicitAny` is on: with it, variables without a type have the one of their last assignment.
 */
const compilerOptions = {
  target: "esnext",
  module: "esnext",
  moduleResolution: "bundler",
  moduleDetection: "legacy",
  types: [],
  strict: false,
  noImplicitAny: true,
  allowUnreachableCode: true,
  allowUnusedLabels: true,
  noEmit: true,
  skipLibCheck: true,
};

/** The TypeScript process, with a folder of virtual files for each program that it checks. */
export class Compiler {
  readonly #files = new Map<string, string>();
  readonly #api: API;
  readonly #options: object;
  /** Names that are declared without a tool or a variable, those of types included. */
  readonly globalNames: ReadonlySet<string>;
  #snapshot: Snapshot | undefined;
  #programs = 0;
  /** Folders of programs that were closed, for further ones: TypeScript keeps some memory for each that it has seen. */
  readonly #freeFolders: string[] = [];

  /** @param onProcess - Told of the process, which TypeScript keeps to itself. */
  constructor(onProcess: (child: ChildProcess) => void) {
    const library = standardLibrary();
    this.#options = library ? { ...compilerOptions, noLib: true } : { ...compilerOptions, lib: ["esnext"] };
    for (const [name, text] of library ?? []) this.#files.set(`${libraryFolder}/${name}`, text);
    this.#files.set(`${libraryFolder}/sandbox.d.ts`, sandboxGlobals);
    this.globalNames = new Set([...this.#files.values()].flatMap(declaredNames));
    this.#api = withProcess(() => new API({ cwd: root, fs: virtualFiles(this.#files) }), onProcess);
  }

  /** A new program that consists of the library and these files. */
  open(files: Readonly<Record<string, string>>): CompiledProgram {
    const folder = this.#freeFolders.pop() ?? `${root}/${(this.#programs += 1)}`;
    const library = [...this.#files.keys()].filter((file) => file.startsWith(`${libraryFolder}/`));
    const own = Object.keys(files).map((name) => `${folder}/${name}`);
    const config = `${folder}/tsconfig.json`;
    this.#put(folder, files);
    this.#files.set(config, JSON.stringify({ compilerOptions: this.#options, files: [...library, ...own] }));
    this.#take(this.#api.updateSnapshot({ openProjects: [config], fileChanges: { changed: [config, ...own] } }));
    return {
      path: (name) => `${folder}/${name}`,
      write: (changes) => {
        const changed = Object.keys(changes).map((name) => `${folder}/${name}`);
        this.#put(folder, changes);
        this.#take(this.#api.updateSnapshot({ fileChanges: { changed } }));
      },
      project: () => {
        const project = this.#snapshot?.getProject(config);
        if (!project) throw new Error("the program is closed");
        return project;
      },
      close: () => {
        for (const file of [config, ...own]) this.#files.delete(file);
        this.#take(this.#api.updateSnapshot({ closeProjects: [config] }));
        this.#freeFolders.push(folder);
      },
    };
  }

  /** Half of a surrogate pair would end the TypeScript process: each is replaced by a character of the same length. */
  #put(folder: string, files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      this.#files.set(`${folder}/${name}`, text.replaceAll(/\p{Surrogate}/gu, "\ufffd"));
    }
  }

  #take(snapshot: Snapshot): void {
    this.#snapshot?.dispose();
    this.#snapshot = snapshot;
  }
}

/** One program of a {@link Compiler}. */
export interface CompiledProgram {
  /** The full name of one of its files. */
  path(name: string): string;
  /** Changes files. What was got from the project before is of no further use. */
  write(changes: Readonly<Record<string, string>>): void;
  project(): Project;
  close(): void;
}

function declaredNames(text: string): string[] {
  const declarations = text.matchAll(
    /^(?:declare )?(?:var|let|const|function|(?:abstract )?class|namespace|interface|type) ([\w$]+)/gm,
  );
  return [...declarations].flatMap(([, name]) => name ?? []);
}

/** A file system in memory: nothing that code or declarations refer to is looked for on disk. */
function virtualFiles(files: ReadonlyMap<string, string>): FileSystem {
  const within = (folder: string): string[] => [...files.keys()].filter((file) => file.startsWith(`${folder}/`));
  return {
    readFile: (path) => files.get(path) ?? null,
    fileExists: (path) => files.has(path),
    directoryExists: (path) => within(path).length > 0,
    getAccessibleEntries: (path) => {
      const names = within(path).map((file) => file.slice(path.length + 1).split("/"));
      return {
        files: names.flatMap(([name = "", ...more]) => (more.length === 0 ? [name] : [])),
        directories: [...new Set(names.flatMap(([name = "", ...more]) => (more.length > 0 ? [name] : [])))],
      };
    },
    realpath: (path) => path,
  };
}

/** Finds out which process is started meanwhile. */
function withProcess<Result>(start: () => Result, onProcess: (child: ChildProcess) => void): Result {
  let child: ChildProcess | undefined;
  const onChild = (message: unknown): void => {
    child = (message as { process: ChildProcess }).process;
  };
  subscribe("child_process", onChild);
  try {
    return start();
  } finally {
    unsubscribe("child_process", onChild);
    if (child) onProcess(child);
  }
}

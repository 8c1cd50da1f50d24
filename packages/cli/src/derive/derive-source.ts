import { resolve } from "node:path";
import { unreadable } from "./derive-error.ts";
import type { DeriveResult } from "./derived-tool.ts";
import { deriveModule } from "./derive-module.ts";
import { type LibraryChoice, readSource } from "./engine/read-source.ts";

/** Options of every derivation. */
export interface DeriveOptions {
  /**
   * Declarations of the standard library to derive with. `auto`, the default, begins with a minimal set and goes over
   * to the full one where that could make a difference.
   */
  library?: LibraryChoice;
}

/** Options of {@link deriveSource}. */
export interface DeriveSourceOptions extends DeriveOptions {
  /** Path of the source; its ending says which language it is. It need not exist. */
  fileName: string;
  /** Texts of other files, by path. All that is not among them is read from the disk. */
  files?: Readonly<Record<string, string>>;
}

const sourceName = /(?<!\.d)\.[cm]?[jt]sx?$/;

/**
 * Derives the tools of a source text.
 *
 * @param text - TypeScript, or JavaScript with types in JSDoc.
 * @throws SmoltoolsError `DERIVE_FILE_UNREADABLE` when the name is not that of a source file.
 */
export async function deriveSource(text: string, options: DeriveSourceOptions): Promise<DeriveResult> {
  if (!sourceName.test(options.fileName)) {
    throw unreadable(options.fileName, "name a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs or .jsx file");
  }
  const texts = new Map([...Object.entries(options.files ?? {}), [options.fileName, text] as const].map(absolute));
  try {
    return await readSource(absolutePath(options.fileName), {
      texts,
      library: options.library ?? "auto",
      use: deriveModule,
      isDoubtful: ({ problems }) => problems.some(({ code }) => code === "E_ANY" || code === "E_NO_RETURN"),
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return tooDeep(options.fileName);
  }
}

/** The compiler walks a source as deep as it is nested, and the stack is not that deep. */
function tooDeep(file: string): DeriveResult {
  const message = "The source is nested too deep to be read.";
  const fix = "give the inner parts names of their own";
  return {
    tools: [],
    problems: [{ code: "E_DEPTH", message, fix, file, line: 1, column: 1, length: 0 }],
    warnings: [],
  };
}

function absolute([path, text]: readonly [string, string]): [string, string] {
  return [absolutePath(path), text];
}

/** The compiler separates the parts of a path by `/` on every system. */
function absolutePath(path: string): string {
  return resolve(path).replaceAll("\\", "/");
}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The declarations of the language itself without their comments: three quarters of the text, which the checker would
 * read for each process anew.
 *
 * They come from the installed TypeScript, in whose platform package they lie beside the executable.
 *
 * @returns Files by name; `undefined` where they cannot be found, and TypeScript's built-in copy must do.
 */
export function standardLibrary(): ReadonlyMap<string, string> | undefined {
  try {
    const fromTypeScript = createRequire(import.meta.resolve("typescript/package.json"));
    const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
    const folder = join(dirname(fromTypeScript.resolve(`${platform}/package.json`)), "lib");
    const files = new Map<string, string>();
    read(folder, "esnext", files);
    return joined(files);
  } catch {
    return undefined;
  }
}

function read(folder: string, name: string, files: Map<string, string>): void {
  if (files.has(name)) return;
  const text = readFileSync(join(folder, `lib.${name}.d.ts`), "utf8");
  files.set(name, "");
  for (const [, reference = ""] of text.matchAll(/^\/\/\/ <reference lib="([^"]+)" \/>/gm))
    read(folder, reference, files);
  // References come before what builds on them, as TypeScript orders them.
  files.delete(name);
  files.set(name, withoutComments(text));
}

/** Exact for the declarations of the library, in which no string holds the marks of a comment. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").replace(/^\s+/gm, "");
}

/** One file is read faster than ninety. A module must keep its file: its declarations would not be global. */
function joined(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  const scripts: string[] = [];
  for (const [name, text] of files) {
    if (/^export\b/m.test(text)) result.set(`${name}.d.ts`, text);
    else scripts.push(text);
  }
  return new Map([["language.d.ts", scripts.join("\n")], ...result]);
}

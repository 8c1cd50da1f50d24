import { constants, open } from "node:fs/promises";
import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { DeriveError, unreadable } from "./derive-error.ts";
import { type DeriveOptions, deriveSource } from "./derive-source.ts";
import type { DeriveResult } from "./derived-tool.ts";

/** Larger files are not written by hand. */
const maxBytes = 2 * 1024 * 1024;

/**
 * Derives a tool from every function that a source file exports: its name, its description and the schemas of its
 * input and its result, from the TypeScript types and the JSDoc comments.
 *
 * Nothing of the file is run. What it imports is read where its types are needed; of a `tsconfig.json`, only how it
 * maps the names of imports to files.
 *
 * @param path - A TypeScript file, or a JavaScript file with types in JSDoc. At most 2 MiB.
 * @returns The tools, and everything that is wrong with the others.
 * @throws SmoltoolsError `DERIVE_FILE_UNREADABLE` when there is no such file, or it holds no source.
 */
export async function deriveFile(path: string, options: DeriveOptions = {}): Promise<DeriveResult> {
  return deriveSource(await readSourceFile(path), { ...options, fileName: path });
}

/**
 * As {@link deriveFile}, for callers that can go on only without problems.
 *
 * @throws DeriveError with all problems of the file.
 */
export async function deriveFileOrThrow(path: string, options: DeriveOptions = {}): Promise<DeriveResult> {
  const result = await deriveFile(path, options);
  if (result.problems.length > 0) throw new DeriveError(result.problems);
  return result;
}

async function readSourceFile(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const entry = await file.stat();
    // A pipe or a device may never end.
    if (!entry.isFile()) throw unreadable(path, "it is no file");
    if (entry.size > maxBytes) throw unreadable(path, `it is larger than ${maxBytes} bytes`);
    bytes = await file.readFile();
  } catch (error) {
    throw isSmoltoolsError(error) ? error : unreadable(path, errorMessage(error), error);
  }
  if (bytes.byteLength > maxBytes) throw unreadable(path, `it is larger than ${maxBytes} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(path, "it is no text in UTF-8", error);
  }
}

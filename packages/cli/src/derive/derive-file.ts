import { readFile } from "node:fs/promises";
import { errorMessage } from "@smoltools/core";
import { DeriveError, unreadable } from "./derive-error.ts";
import { type DeriveOptions, deriveSource } from "./derive-source.ts";
import type { DeriveResult } from "./derived-tool.ts";

/** Larger files are not written by hand. */
const maxBytes = 2 * 1024 * 1024;

/**
 * Derives a tool from every function that a source file exports: its name, its description and the schemas of its
 * input and its result, from the TypeScript types and the JSDoc comments.
 *
 * Nothing of the file is run. What it imports is read where its types are needed; no `tsconfig.json` is.
 *
 * @param path - A TypeScript file, or a JavaScript file with types in JSDoc. At most 2 MiB.
 * @returns The tools, and everything that is wrong with the others.
 * @throws SmoltoolsError `DERIVE_FILE_UNREADABLE` when there is no such file.
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
    bytes = await readFile(path);
  } catch (error) {
    throw unreadable(path, errorMessage(error), error);
  }
  if (bytes.byteLength > maxBytes) throw unreadable(path, `it is larger than ${maxBytes} bytes`);
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

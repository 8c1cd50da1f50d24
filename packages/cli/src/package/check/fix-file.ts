import { randomUUID } from "node:crypto";
import { chmod, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type TextDiff, textDiff } from "@smoltools/hub";
import { deriveSource, fixSource, type Problem } from "../../derive/index.ts";

/** What was changed in a source file. */
export interface FixedFile {
  problems: Problem[];
  diff: TextDiff;
}

/**
 * Mends in a source file what needs no thought, such as lines of its comments that are missing. The file is replaced as
 * a whole or not at all.
 *
 * @returns `undefined` when there was nothing that could be mended so, and for a file of Python.
 */
export async function fixFile(file: string, signal: AbortSignal): Promise<FixedFile | undefined> {
  if (file.endsWith(".py")) return undefined;
  const bytes = await readFile(file);
  const mark = bytes.toString("utf8").startsWith("\uFEFF") ? "\uFEFF" : "";
  const before = bytes.toString("utf8").slice(mark.length);
  const { problems, warnings } = await deriveSource(before, { fileName: file });
  // What it imports is mended by a check of its own.
  const own = [...problems, ...warnings].filter((problem) => resolve(problem.file) === resolve(file));
  const { text, fixed } = fixSource(before, own);
  signal.throwIfAborted();
  if (text === before) return undefined;
  await replace(await realpath(file), mark + text);
  return { problems: fixed, diff: await textDiff(file, bytes, Buffer.from(mark + text)) };
}

async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(fresh, text, { flag: "wx" });
    await chmod(fresh, (await stat(path)).mode);
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

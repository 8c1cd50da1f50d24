import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { text as readText } from "node:stream/consumers";
import { errorMessage } from "@smoltools/core";
import { isRecord } from "../../shared/is-record.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";

/**
 * All arguments of a tool at once, as `--input` has them: JSON, `@file`, or `-` for standard input.
 *
 * @param signal - Ends waiting for standard input.
 * @throws UsageError for what is no JSON object.
 */
export async function readInput(
  text: string | undefined,
  signal: AbortSignal,
  stdin: () => Readable = () => process.stdin,
): Promise<Record<string, unknown>> {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text === "-" ? await readText(addAbortSignal(signal, stdin())) : await source(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`--input is not JSON: ${errorMessage(error)}`);
  }
  if (isRecord(value)) return value;
  throw new UsageError("--input must be a JSON object, one key per argument");
}

async function source(text: string): Promise<string> {
  if (!text.startsWith("@")) return text;
  const path = text.slice(1);
  if (!existsSync(path)) throw new UsageError(`--input names ${path}, which is no file`);
  return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
}

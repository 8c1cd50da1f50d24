import { ConfigError } from "../errors/config-error.ts";
import { isRecord } from "../../shared/is-record.ts";
import { readSmallFile } from "./read-small-file.ts";

/**
 * Reads a file with a JSON object.
 *
 * @returns An empty object when there is no such file.
 * @throws ConfigError `CONFIG_INVALID` when something else is in it. What it is is not shown: it may be a token.
 */
export function readJsonFile(path: string): Record<string, unknown> {
  const text = readSmallFile(path);
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Told below, without the text.
  }
  throw new ConfigError(`${path} does not hold a JSON object. Mend it, or remove it`, {
    code: "CONFIG_INVALID",
    data: { path },
  });
}

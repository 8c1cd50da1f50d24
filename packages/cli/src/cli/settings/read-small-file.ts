import { closeSync, openSync, readSync } from "node:fs";
import { ConfigError } from "../errors/config-error.ts";

/** More than settings and tokens ever are, in bytes. */
const maxBytes = 64 * 1024;

/**
 * Reads a file of settings or tokens.
 *
 * @returns `undefined` when there is none.
 * @throws ConfigError `CONFIG_INVALID` when it is far too large to be one, or never ends, or is a folder.
 */
export function readSmallFile(path: string): string | undefined {
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  try {
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < buffer.length; length += read) {
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    if (length <= maxBytes) return buffer.toString("utf8", 0, length);
  } catch (error) {
    // What is wrong with a file is told without its name, once it is open.
    if ((error as NodeJS.ErrnoException).code !== "EISDIR") throw error;
    throw new ConfigError(`${path} is a folder: a file is needed there`, { code: "CONFIG_INVALID", data: { path } });
  } finally {
    closeSync(file);
  }
  throw new ConfigError(`${path} is larger than ${maxBytes} bytes: it is no file of settings or tokens`, {
    code: "CONFIG_INVALID",
    data: { path },
  });
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

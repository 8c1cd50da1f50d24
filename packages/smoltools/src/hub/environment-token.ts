import { closeSync, openSync, readSync } from "node:fs";
import { homedir } from "node:os";
import { cleanToken, tokenPlace } from "@smoltools/core/hugging-face";

/** More than any token is long, in bytes. */
const maxTokenBytes = 16 * 1024;

/** A token of the environment, and where it comes from. */
export interface EnvironmentToken {
  token: string;
  /** The variable, or the path of the file. */
  from: string;
}

/**
 * The token of the environment's hub, as the official clients find it: `HF_TOKEN`, else `HUGGING_FACE_HUB_TOKEN`, else
 * the file of `hf auth login`.
 *
 * @returns `undefined` when there is none, or it cannot be read: what is public needs none.
 */
export function environmentToken(env: Readonly<Record<string, string | undefined>>): EnvironmentToken | undefined {
  const place = tokenPlace(env, homedir());
  if ("token" in place) return { token: place.token, from: place.variable };
  const token = cleanToken(beginningOf(place.file));
  return token === undefined ? undefined : { token, from: place.file };
}

function beginningOf(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const buffer = Buffer.alloc(maxTokenBytes);
    return buffer.toString("utf8", 0, readSync(file, buffer));
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** More than any token is long, in bytes. */
const maxTokenBytes = 16 * 1024;

/**
 * The token for Hugging Face that the environment holds: `HF_TOKEN`, else the file of `hf auth login`.
 *
 * Where `HF_ENDPOINT` names another hub, the token is that hub's: there is then none for Hugging Face.
 *
 * Source: https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables.
 *
 * @returns The token; `undefined` when there is none or it cannot be read.
 */
export async function environmentToken(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | undefined> {
  const { HF_ENDPOINT: hub, HF_TOKEN: token } = env;
  if (hub && hub.replace(/\/+$/, "") !== "https://huggingface.co") return undefined;
  return token?.trim() || (await storedToken(tokenPath(env)));
}

function tokenPath(env: Readonly<Record<string, string | undefined>>): string {
  const cache = env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return env["HF_TOKEN_PATH"] || join(env["HF_HOME"] || join(cache, "huggingface"), "token");
}

async function storedToken(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(maxTokenBytes) });
    return buffer.toString("utf8", 0, bytesRead).trim() || undefined;
  } catch {
    // Nobody logged in here, or the file is not for this user: the same as no token.
    return undefined;
  }
}

import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { cleanToken, tokenPlace } from "@smoltools/core/hugging-face";

/** More than any token is long, in bytes. */
const maxTokenBytes = 16 * 1024;

/**
 * The token for Hugging Face that the environment holds, as its official clients find it.
 *
 * Where `HF_ENDPOINT` names another hub, the token is that hub's: there is then none for Hugging Face.
 *
 * @returns The token; `undefined` when there is none or it cannot be read.
 */
export async function environmentToken(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | undefined> {
  const hub = env["HF_ENDPOINT"];
  if (hub && hub.replace(/\/+$/, "") !== "https://huggingface.co") return undefined;
  const place = tokenPlace(env, homedir());
  return "token" in place ? place.token : await storedToken(place.file);
}

async function storedToken(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(maxTokenBytes) });
    return cleanToken(buffer.toString("utf8", 0, bytesRead));
  } catch {
    // Nobody logged in here, or the file is not for this user: the same as no token.
    return undefined;
  }
}

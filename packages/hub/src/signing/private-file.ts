import { randomUUID } from "node:crypto";
import { link, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { SignatureError } from "../errors/signature-error.ts";
import { hasCode, unlessMissing } from "../shared/has-code.ts";

/** Largest file that is read, in bytes: a key has a few hundred. */
const maxBytes = 16 * 1024;

/**
 * Writes a file that only its owner can read, whole or not at all.
 *
 * @returns False where there is one of this name: it is left as it is.
 */
export async function writePrivateFile(path: string, content: string | Buffer): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    // Unlike a rename, a link does not replace what is there.
    await link(temporary, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Reads a file that only its owner can read.
 *
 * @returns `undefined` where there is none.
 * @throws SignatureError `KEY_INVALID` when others have rights on it, or it is no plain file of a moderate size.
 */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  const file = await unlessMissing(open(path, "r"));
  if (!file) return undefined;
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > maxBytes) throw unsafe(path, "it is not a file with a key");
    // Windows has no such rights: all its files look open to everybody.
    if (process.platform !== "win32" && (stats.mode & 0o077) !== 0) {
      throw unsafe(path, "others than you have rights on it. Run chmod 600 on it, and think of who has seen the key");
    }
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

function unsafe(path: string, why: string): SignatureError {
  return new SignatureError(`${path} is not used: ${why}`, { code: "KEY_INVALID", data: { path } });
}

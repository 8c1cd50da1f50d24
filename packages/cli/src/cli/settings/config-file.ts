import { randomUUID } from "node:crypto";
import { mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { configFolder } from "@smoltools/hub";
import type { CommandContext } from "../command.ts";
import { ConfigError } from "../errors/config-error.ts";

/** The path of a file in the folder of what a person's smoltools keeps. */
export function configFile(name: string, env: CommandContext["env"]): string {
  return join(configFolder(env), name);
}

/**
 * Writes a file that only its owner can read, whole or not at all. What a link points at is replaced, not the link.
 *
 * @param path - Folders on the way to it are made, for the owner alone.
 */
export async function writePrivately(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const target = await realpath(path).catch(() => path);
  const there = await stat(target).catch(() => undefined);
  if (there && !there.isFile()) {
    throw new ConfigError(`${path} is no plain file, and is left as it is. Name another one`, {
      code: "CONFIG_INVALID",
      data: { path },
    });
  }
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

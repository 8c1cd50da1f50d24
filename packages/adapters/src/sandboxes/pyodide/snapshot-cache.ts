import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pipeline } from "node:stream/promises";
import { denoEnvironment, denoFlags } from "../deno/launch-deno.ts";
import { newOwnFolder, removeFolder } from "../deno/own-folders.ts";
import { guestScript, type PyodideFiles } from "./pyodide-files.ts";

/** How long it may take to make one. */
const makeMs = 120_000;

const made = new Map<string, Promise<string>>();

/**
 * The file of a memory snapshot of Python right after its start, made at the first use on a machine.
 *
 * It is about 30 MB and lies in `$XDG_CACHE_HOME/smoltools`, else `~/.cache/smoltools`. It holds nothing but what the
 * package `pyodide` gives everybody.
 */
export function pyodideSnapshot(denoPath: string, pyodide: PyodideFiles): Promise<string> {
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "smoltools");
  const file = join(cache, `pyodide-${pyodide.version}-1.snapshot`);
  let making = made.get(file);
  if (!making) {
    making = findOrMake(file, cache, denoPath, pyodide);
    made.set(file, making);
    // The next one tries again.
    making.catch(() => made.delete(file));
  }
  return making;
}

async function findOrMake(file: string, cache: string, denoPath: string, pyodide: PyodideFiles): Promise<string> {
  try {
    await access(file);
    return file;
  } catch {
    await mkdir(cache, { recursive: true });
    const unfinished = `${file}.${randomUUID()}`;
    try {
      await make(unfinished, denoPath, pyodide);
      // At once: another process may be making the same.
      await rename(unfinished, file);
    } finally {
      await rm(unfinished, { force: true });
    }
    return file;
  }
}

async function make(file: string, denoPath: string, { folder }: PyodideFiles): Promise<void> {
  const home = await newOwnFolder();
  try {
    const args = ["run", ...denoFlags, `--allow-read=${folder}`, guestScript(), folder, "--snapshot"];
    const child = spawn(denoPath, args, {
      env: denoEnvironment(home, home),
      cwd: home,
      stdio: ["ignore", "pipe", "ignore"],
      timeout: makeMs,
      killSignal: "SIGKILL",
    });
    const ended = new Promise<void>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => {
        if (code === 0) resolve();
        else reject(new Error(`the memory snapshot of Pyodide could not be made: Deno ended with ${code}`));
      });
    });
    await Promise.all([pipeline(child.stdout, createWriteStream(file)), ended]);
  } finally {
    await removeFolder(home);
  }
}

import { mkdir, open, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LockError } from "../errors/lock-error.ts";

/** A guard file of this age was left behind: the work that it guards takes milliseconds. */
const abandonedMs = 10_000;

/** Longest wait for another process. */
const timeoutMs = 15_000;

/** What is going on with each file in this process. */
const turns = new Map<string, Promise<void>>();

/**
 * Does work on a file while nobody else does: one after another in this process, and guarded by a file `….guard`
 * against other processes.
 *
 * @throws LockError `LOCK_BUSY` when another process holds the file too long.
 */
export async function exclusively<T>(path: string, work: () => Promise<T>): Promise<T> {
  const key = resolve(path);
  const before = turns.get(key) ?? Promise.resolve();
  const turn = before.then(() => guarded(`${key}.guard`, path, work));
  const settled = turn.then(
    () => undefined,
    () => undefined,
  );
  turns.set(key, settled);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === settled) turns.delete(key);
  }
}

async function guarded<T>(guard: string, path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(guard), { recursive: true });
  const deadline = Date.now() + timeoutMs;
  while (!(await taken(guard))) {
    if (Date.now() > deadline) {
      throw new LockError(`${path} is being written by another process: try again, or delete ${guard}`, {
        code: "LOCK_BUSY",
        data: { path },
      });
    }
    await sleep(10);
  }
  try {
    return await work();
  } finally {
    await rm(guard, { force: true });
  }
}

/** Tries to make the guard file. One that was left behind by a process that died is removed first. */
async function taken(guard: string): Promise<boolean> {
  try {
    await (await open(guard, "wx")).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const made = await stat(guard).catch(() => undefined);
  if (made && Date.now() - made.mtimeMs > abandonedMs) await rm(guard, { force: true });
  return false;
}

import { randomUUID } from "node:crypto";
import { mkdir, readFile, readlink, rm, rmdir, symlink, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LockError } from "../errors/lock-error.ts";
import { isRunning, ownIdentity, type ProcessIdentity } from "./process-identity.ts";
import { hasCode } from "./has-code.ts";
import { isObject } from "./is-object.ts";
import { parseJson } from "./parse-json.ts";

/**
 * A guard that did not change while somebody watched it so long was left behind: the work that it guards takes
 * milliseconds. It is watched because its age would be told by the clocks of two machines.
 */
const abandonedMs = 10_000;

/** Longest wait for another process. */
const timeoutMs = 30_000;

/** What is going on with each file in this process. */
const turns = new Map<string, Promise<void>>();

/**
 * Does work on a file while nobody else does: one after another in this process, and guarded by a file `….guard`
 * against other processes. A guard whose process has died is removed at once.
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
  const content = JSON.stringify({ ...(await ownIdentity()), nonce: randomUUID() });
  const begin = performance.now();
  let seen: { content: string | undefined; since: number } = { content: undefined, since: begin };
  while (!(await make(guard, content))) {
    const now = await read(guard);
    if (now !== seen.content) seen = { content: now, since: performance.now() };
    if (now !== undefined && (await isDead(now, performance.now() - seen.since))) await removeDead(guard, now);
    if (performance.now() - begin > timeoutMs) {
      throw new LockError(`${path} is being written by another process: try again, or delete ${guard}`, {
        code: "LOCK_BUSY",
        data: { path },
      });
    }
    await sleep(5 + Math.random() * 10);
  }
  try {
    return await work();
  } finally {
    if ((await read(guard)) === content) await rm(guard, { force: true });
  }
}

/**
 * Tries to make the guard: a symbolic link whose target says who made it, so that it is never there without its content.
 * Where there are no links it is a file.
 */
async function make(guard: string, content: string): Promise<boolean> {
  try {
    await symlink(content, guard);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    if (!hasCode(error, "EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP")) throw error;
  }
  try {
    await writeFile(guard, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Who holds the guard; `undefined` when nobody does any more. */
async function read(guard: string): Promise<string | undefined> {
  try {
    return await readlink(guard);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    if (!hasCode(error, "EINVAL", "UNKNOWN")) throw error;
  }
  return readFile(guard, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
}

async function isDead(content: string, watchedMs: number): Promise<boolean> {
  const owner = ownerOf(content);
  const running = owner && (await isRunning(owner));
  if (running === false) return true;
  // A process that cannot be told from a later one of its id proves nothing by running.
  const isCertain = running === true && owner?.started !== "";
  return !isCertain && watchedMs > abandonedMs;
}

/**
 * Removes a guard that was left behind. Of several who find it dead at once, one may: another one could else remove
 * the guard that the first has made meanwhile.
 */
async function removeDead(guard: string, content: string): Promise<void> {
  const permit = `${guard}.removing`;
  try {
    await mkdir(permit);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    // Whoever has it is at it, or has died; then it is free the next time.
    await sleep(100);
    await rmdir(permit).catch(() => undefined);
    return;
  }
  if ((await read(guard)) === content) await rm(guard, { force: true });
  await rmdir(permit).catch(() => undefined);
}

function ownerOf(content: string): ProcessIdentity | undefined {
  const value = parseJson(content);
  const { host, pid, started } = isObject(value) ? value : {};
  const isOwner = typeof host === "string" && typeof pid === "number" && typeof started === "string";
  return isOwner ? { host, pid, started } : undefined;
}

import { randomBytes } from "node:crypto";
import { link, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HubServerError } from "../../../hub-server-error.ts";
import { temporaryName } from "../files/atomic-write.ts";
import { hasCode, unlessMissing } from "../../../../shared/has-code.ts";
import { isRunning, ownIdentity, type ProcessIdentity } from "../../../../shared/process-identity.ts";
import { parseJson } from "../../../../shared/parse-json.ts";

/** After this time a lock counts as left behind, if its owner cannot be asked for. A lock is held for milliseconds. */
const longestHoldMs = 120_000;

interface Owner extends ProcessIdentity {
  nonce: string;
}

/** Stands for the owner of a lock that cannot be read, as a power failure can leave one: only its age tells. */
const unknownOwner: Owner = { host: "", pid: 0, started: "", nonce: "" };

/** How to wait for a lock. */
export interface FileLockOptions {
  /** Longest wait for another process. */
  timeoutMs: number;
  /** Mends what a process left half done that died while it held the lock. Nobody holds the lock meanwhile. */
  recover?: () => Promise<void>;
  /** Ends the wait. */
  signal?: AbortSignal | undefined;
}

/**
 * Takes a lock that holds between processes: a file that only one of them can make. Disposing the result gives it back.
 *
 * The file appears with its content in one step (a hard link), so no process ever reads a lock without an owner. A
 * lock whose process has died is removed; who may remove it is decided by a second file, named after the dead lock, so
 * that two processes that find it dead at the same time cannot remove each other's new one.
 *
 * @param path - The lock file; its folder must exist.
 * @throws HubServerError `HUB_BUSY` when it cannot be had in time.
 * @throws The signal's reason when it is aborted while waiting.
 */
export async function takeFileLock(path: string, options: FileLockOptions): Promise<AsyncDisposable> {
  const { timeoutMs, recover, signal } = options;
  const owner: Owner = { ...(await ownIdentity()), nonce: randomBytes(12).toString("hex") };
  const content = JSON.stringify(owner);
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    if (await create(path, content)) return { [Symbol.asyncDispose]: () => removeIf(path, owner.nonce) };
    await removeIfDead(path, content, recover);
    if (performance.now() > deadline) {
      throw new HubServerError("HUB_BUSY", "Another process works on this repo: try again in a moment.");
    }
    await sleep(2 + Math.random() * 18, undefined, signal ? { signal } : {});
  }
}

/** Makes the file with this content, unless it exists. */
async function create(path: string, content: string): Promise<boolean> {
  const temporary = join(dirname(path), temporaryName());
  try {
    await writeFile(temporary, content, { flag: "wx" });
    await link(temporary, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await unlessMissing(unlink(temporary));
  }
}

async function removeIf(path: string, nonce: string): Promise<void> {
  if ((await readOwner(path))?.nonce === nonce) await unlessMissing(unlink(path));
}

/** Removes a lock whose owner is dead, after mending what the owner left. */
async function removeIfDead(path: string, content: string, recover: (() => Promise<void>) | undefined): Promise<void> {
  const owner = await readOwner(path);
  if (!owner || !(await isDead(path, owner))) return;
  const rights = await takeRight(path, owner, content);
  try {
    // Whoever had the right before has used it, or is dead: nobody else can change what this decides on.
    if (rights.mine && (await readOwner(path))?.nonce === owner.nonce) {
      await recover?.();
      await removeIf(path, owner.nonce);
    }
  } finally {
    if (rights.mine) for (const file of rights.files) await unlessMissing(unlink(file));
  }
}

/**
 * Takes the right to remove one dead lock: a file that only one process can make. If that process has died too, the
 * right is that to replace this file, and so on: a right is never taken away from anybody, so it needs no lock itself.
 *
 * @returns Whether it was had, and the files that stand for it, the last one first.
 */
async function takeRight(path: string, dead: Owner, content: string): Promise<{ mine: boolean; files: string[] }> {
  const files: string[] = [];
  for (let owner = dead; ;) {
    const file = `${path}.break${owner.nonce}`;
    files.unshift(file);
    if (await create(file, content)) return { mine: true, files };
    const holder = await readOwner(file);
    if (!holder || !(await isDead(file, holder))) return { mine: false, files };
    owner = holder;
  }
}

async function isDead(path: string, owner: Owner): Promise<boolean> {
  const running = await isRunning(owner);
  if (running === false) return true;
  // A process that cannot be told from a later one of its id proves nothing by running.
  const certain = running === true && owner.started !== "";
  return !certain && (await ageMs(path)) > longestHoldMs;
}

/** How long ago a file was made; 0 when it is gone. */
async function ageMs(path: string): Promise<number> {
  const found = await unlessMissing(stat(path));
  return found ? Date.now() - found.mtimeMs : 0;
}

async function readOwner(path: string): Promise<Owner | undefined> {
  const text = await unlessMissing(readFile(path, "utf8"));
  if (text === undefined) return undefined;
  const owner = parseJson(text);
  return isOwner(owner) ? owner : unknownOwner;
}

function isOwner(value: unknown): value is Owner {
  if (typeof value !== "object" || value === null) return false;
  const { host, pid, started, nonce } = value as Partial<Record<keyof Owner, unknown>>;
  return typeof pid === "number" && [host, started, nonce].every((text) => typeof text === "string");
}

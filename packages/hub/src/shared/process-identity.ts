import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { hasCode } from "./has-code.ts";

/** What tells one process from every other, on this machine and on those that share its folders. */
export interface ProcessIdentity {
  host: string;
  pid: number;
  /** When it was started, in a form of its own; empty where the system does not tell. */
  started: string;
}

let own: Promise<ProcessIdentity> | undefined;

/** The identity of this process. */
export function ownIdentity(): Promise<ProcessIdentity> {
  own ??= startOf(process.pid).then((started) => ({ host: hostname(), pid: process.pid, started }));
  return own;
}

/**
 * Tells whether a process still runs.
 *
 * A process id is used again after its process has ended: where the system tells when a process was started (Linux),
 * that is compared too.
 *
 * @returns `undefined` for processes of other machines.
 */
export async function isRunning(identity: ProcessIdentity): Promise<boolean | undefined> {
  if (identity.host !== hostname()) return undefined;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    if (hasCode(error, "ESRCH")) return false;
  }
  return identity.started === "" || identity.started === (await startOf(identity.pid));
}

/** The boot of the machine and the clock tick of the start: field 22 of proc(5) `stat`. */
async function startOf(pid: number): Promise<string> {
  try {
    const [boot, stat] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readFile(`/proc/${pid}/stat`, "utf8"),
    ]);
    // The second field is the program's name in parentheses, which may hold anything.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return `${boot.trim()}:${ticks}`;
  } catch {
    return "";
  }
}
